// Looks into the database of a cluster. It cannot change anything, as PostgreSQL itself refuses writes. It
// does not get in the server's way: a statement that takes long or waits for a lock is given up.
import { withDatabase, type PostgresAccess } from './service/postgres-access.ts'

export interface DatabaseReader {
  /** The rows of a query. @throws what PostgreSQL says, `25006` for a statement that would change something */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

const limits =
  "SET default_transaction_read_only = on; SET statement_timeout = '1500ms'; SET lock_timeout = '200ms'"

export function databaseReader(access: PostgresAccess, database: string): DatabaseReader {
  return {
    query: (sql, values = []) =>
      withDatabase(access, database, async (client) => {
        await client.query(limits)
        return (await client.query<Record<string, unknown>>(sql, [...values])).rows
      }),
  }
}
