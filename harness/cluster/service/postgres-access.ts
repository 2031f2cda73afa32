// The way into a running PostgreSQL, for as long as one question takes.
import { Client } from 'pg'
import { superuser } from './databases.ts'

/** What the harness needs to get in. */
export interface PostgresAccess {
  readonly host: string
  readonly port: number
  readonly password: string
}

/** @throws what `pg` throws if the server does not accept connections (yet) */
export async function withDatabase<T>(
  { host, port, password }: PostgresAccess,
  database: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host,
    port,
    user: superuser,
    password,
    database,
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
