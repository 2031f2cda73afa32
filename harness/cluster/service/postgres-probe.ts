// Asks a running PostgreSQL for its version and start time, and sets its password.
import { superuser } from './databases.ts'
import { withDatabase, type PostgresAccess } from './postgres-access.ts'

const database = 'postgres'

export interface PostgresFacts {
  readonly version: string
  /** `pg_postmaster_start_time()`: it changes with every start, so it proves a restart. */
  readonly startedAt: string
}

/** @throws the error of `pg` if the server does not accept connections (yet) */
export async function askPostgres(access: PostgresAccess): Promise<PostgresFacts> {
  const { rows } = await withDatabase(access, database, (client) =>
    client.query<PostgresFacts>(
      `SELECT current_setting('server_version') AS "version",
              to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "startedAt"`,
    ),
  )
  const [facts] = rows
  if (facts === undefined) throw new Error('PostgreSQL answered with no row')
  return facts
}

export async function changePassword(access: PostgresAccess, password: string): Promise<void> {
  await withDatabase(access, database, (client) =>
    client.query(`ALTER ROLE ${superuser} PASSWORD ${client.escapeLiteral(password)}`),
  )
}
