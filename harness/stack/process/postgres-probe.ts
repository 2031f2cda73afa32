// Asks a running PostgreSQL what it is and since when.
import { Client } from 'pg'
import { superuser } from './postgres-cluster.ts'
import type { PostgresAccess } from './postgres-service.ts'

export interface PostgresFacts {
  readonly version: string
  /** `pg_postmaster_start_time()`: it changes with every start, so it proves a restart. */
  readonly startedAt: string
}

/** @throws what `pg` throws where the server does not accept connections (yet) */
export async function askPostgres({ port, password }: PostgresAccess): Promise<PostgresFacts> {
  const client = new Client({
    host: '127.0.0.1',
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
    const { rows } = await client.query<PostgresFacts>(
      `SELECT current_setting('server_version') AS "version",
              to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "startedAt"`,
    )
    const [facts] = rows
    if (facts === undefined) throw new Error('PostgreSQL answered with no row')
    return facts
  } finally {
    await client.end()
  }
}
