// Asks a running PostgreSQL what it is and since when, and gives it a password.
import { Client } from 'pg'
import { superuser, type PostgresAccess } from './databases.ts'

export interface PostgresFacts {
  readonly version: string
  /** `pg_postmaster_start_time()`: it changes with every start, so it proves a restart. */
  readonly startedAt: string
}

/** @throws what `pg` throws where the server does not accept connections (yet) */
export async function askPostgres(access: PostgresAccess): Promise<PostgresFacts> {
  const { rows } = await withClient(access, (client) =>
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
  await withClient(access, (client) =>
    client.query(`ALTER ROLE ${superuser} PASSWORD ${client.escapeLiteral(password)}`),
  )
}

async function withClient<T>(
  { host, port, password }: PostgresAccess,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host,
    port,
    user: superuser,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
    application_name: 'temporal-chaos',
  })
  // A connection that breaks between two queries is reported by the next one.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end()
  }
}
