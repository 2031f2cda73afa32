// Reads rows of a user's own tables by a declared query. It never writes: the database itself refuses that.
import path from 'node:path'
import type { ProjectRows } from '../../config/project/rows-schema.ts'
import { ChaosError, messageOf, type ErrorKind } from '../../core/errors.ts'
import type { Row } from '../../record/rows.ts'
import { queryPostgres } from './postgres.ts'
import type { Question, Returned } from './question.ts'
import { querySqlite } from './sqlite.ts'
import { keyedRows } from './keyed-rows.ts'

export interface TableReader {
  /** The name that the configuration gives the query. */
  readonly name: string
  /**
   * @returns null if there is no such table yet: a worker may create it
   * @throws ChaosError `CHAOS_ROWS_UNREADABLE`, of this kind; the signal's reason
   */
  read(signal: AbortSignal, kind?: ErrorKind): Promise<readonly Row[] | null>
}

const withinMs = 5_000
const mostRows = 10_000

/** @param env where the addresses of databases are */
export function tableReaders(
  declared: Readonly<Record<string, ProjectRows>>,
  folder: string,
  env: NodeJS.ProcessEnv,
): TableReader[] {
  return Object.entries(declared).map(([name, rows]) => ({
    name,
    async read(signal, kind = 'harness') {
      try {
        const question = { query: rows.query, limit: mostRows + 1, withinMs, signal }
        const returned = await ask(rows, folder, env, question)
        if (returned !== null && returned.length > mostRows) {
          throw new Error(`it returns more than ${mostRows} rows: leave old ones out`)
        }
        return returned === null ? null : keyedRows(returned, [rows.key].flat())
      } catch (thrown) {
        signal.throwIfAborted()
        throw new ChaosError(`the query of rows.${name} failed: ${messageOf(thrown)}`, {
          code: 'CHAOS_ROWS_UNREADABLE',
          kind,
          hint: `It must be one SELECT, and has ${withinMs / 1_000} s: ${rows.query}`,
          cause: thrown,
        })
      }
    },
  }))
}

async function ask(
  { file, url, urlVariable }: ProjectRows,
  folder: string,
  env: NodeJS.ProcessEnv,
  question: Question,
): Promise<Returned> {
  if (file !== undefined) return await querySqlite(path.resolve(folder, file), question)
  const address = urlVariable === undefined ? url : env[urlVariable]
  if (address === undefined || address === '') throw new Error(`the variable ${urlVariable} is not set`)
  return await queryPostgres(address, question)
}
