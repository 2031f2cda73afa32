// A process that asks a SQLite database one question: it is read from stdin, and answered on stdout, as JSON.
import { text } from 'node:stream/consumers'
import { DatabaseSync } from 'node:sqlite'

interface Asked {
  readonly file: string
  readonly query: string
  readonly limit: number
  readonly withinMs: number
}

/** Numbers of 64 bits as text, as PostgreSQL's driver gives them; binary data in base64. */
function plain(_name: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
}

function rowsOf({ file, query, limit, withinMs }: Asked): object[] {
  using database = new DatabaseSync(file, { readOnly: true, timeout: withinMs })
  const statement = database.prepare(query)
  statement.setReadBigInts(true)
  const rows: object[] = []
  for (const row of statement.iterate()) {
    rows.push(
      Object.fromEntries(
        Object.entries(row as object).map(([name, value]) => [
          name,
          value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value as unknown),
        ]),
      ),
    )
    if (rows.length >= limit) break
  }
  return rows
}

const asked = JSON.parse(await text(process.stdin)) as Asked
try {
  process.stdout.write(JSON.stringify({ rows: rowsOf(asked) }, plain))
} catch (thrown) {
  process.stdout.write(JSON.stringify({ error: thrown instanceof Error ? thrown.message : String(thrown) }))
}
