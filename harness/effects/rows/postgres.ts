// One query of a user's PostgreSQL database, in a read-only transaction that is rolled back.
import { Client, type QueryConfig } from 'pg'
import type { Question, Returned } from './question.ts'

const undefinedTable = '42P01'

export async function queryPostgres(
  connectionString: string,
  { query, limit, withinMs }: Question,
): Promise<Returned> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: withinMs,
    // The server gives up first, and says so.
    query_timeout: withinMs + 1_000,
    application_name: 'temporal-chaos',
  })
  // A connection that breaks between two queries is reported by the next one.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('BEGIN TRANSACTION READ ONLY')
    await client.query(`SET LOCAL statement_timeout = ${withinMs}`)
    // A cursor takes one statement only, and no more rows than are asked for.
    await client.query({
      text: `DECLARE chaos_rows CURSOR FOR ${query}`,
      queryMode: 'extended',
    } as QueryConfig)
    const { rows } = await client.query<Record<string, unknown>>(`FETCH ${limit} FROM chaos_rows`)
    return rows
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === undefinedTable) return null
    throw thrown
  } finally {
    await client.end()
  }
}
