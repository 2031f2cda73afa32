// Looks into the database of a cluster. It cannot change anything: PostgreSQL itself refuses writes.
import { withDatabase, type PostgresAccess } from './service/postgres-access.ts'

export interface DatabaseReader {
  /** The rows of a query. @throws what PostgreSQL says, `25006` for a statement that would change something */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

export function databaseReader(access: PostgresAccess, database: string): DatabaseReader {
  return {
    query: (sql, values = []) =>
      withDatabase(access, database, async (client) => {
        await client.query('SET default_transaction_read_only = on')
        return (await client.query<Record<string, unknown>>(sql, [...values])).rows
      }),
  }
}
