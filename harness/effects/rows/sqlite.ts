// One query of a user's SQLite database. Node's driver keeps its thread until the query is done, so another process asks.
import { existsSync } from 'node:fs'
import { execa } from 'execa'
import { z } from 'zod'
import { programBeside } from '../../core/program-beside.ts'
import type { Question, Returned } from './question.ts'

const child = programBeside('sqlite-child', import.meta.url)

const answerSchema = z.union([
  z.object({ rows: z.array(z.record(z.string(), z.unknown())) }),
  z.object({ error: z.string() }),
])

const noTable = /^no such table:/

export async function querySqlite(
  file: string,
  { query, limit, withinMs, signal }: Question,
): Promise<Returned> {
  if (!existsSync(file)) return null
  const { stdout, timedOut, failed, shortMessage } = await execa(process.execPath, [child], {
    input: JSON.stringify({ file, query, limit, withinMs }),
    cancelSignal: signal,
    timeout: withinMs,
    reject: false,
    env: { NODE_OPTIONS: '' },
  })
  signal.throwIfAborted()
  if (timedOut) throw new Error(`it took longer than ${withinMs / 1_000} s`)
  if (failed) throw new Error(shortMessage)
  const answer = answerSchema.parse(JSON.parse(stdout))
  if ('rows' in answer) return answer.rows
  if (noTable.test(answer.error)) return null
  throw new Error(answer.error)
}
