// Foreign programs that resemble those of a cluster: a real PostgreSQL, a process named temporal-server.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { Deadline } from '../../harness/core/deadline.ts'
import {
  findPostgresPackage,
  placePostgres,
} from '../../harness/cluster/backends/process/postgres-binaries.ts'
import { postgresUser } from '../../harness/cluster/backends/process/postgres-user.ts'

export interface Foreign extends AsyncDisposable {
  /** Of the database, where `foreign` needs no password. */
  readonly port: number
  /** Proves that they are the same as before: their pids, and the start time of the database. */
  identity(): Promise<{ readonly pids: readonly number[]; readonly databaseSince: string }>
}

const env = { PATH: process.env['PATH'] }

export async function startForeign(): Promise<Foreign> {
  await using building = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'foreign-'))
  building.defer(() => rm(folder, { recursive: true }))
  await chmod(folder, 0o711)
  const port = await freePort()
  const postgres = building.adopt(await startPostgres(folder, port), end)
  const program = path.join(folder, 'temporal-server')
  await symlink(process.execPath, program)
  const server = building.adopt(
    spawn(program, ['-e', 'setInterval(() => {}, 1_000)'], { env, detached: true, stdio: 'ignore' }),
    end,
  )
  await Deadline.after(20_000).poll(() => databaseSince(port), {
    what: 'the foreign PostgreSQL',
    everyMs: 50,
    code: 'CHAOS_TEST_FOREIGN',
  })
  const owned = building.move()
  return {
    port,
    async identity() {
      const pids = [postgres, server].flatMap(({ pid, exitCode, signalCode }) =>
        pid === undefined || exitCode !== null || signalCode !== null ? [] : [pid],
      )
      return { pids, databaseSince: await databaseSince(port) }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function startPostgres(folder: string, port: number): Promise<ChildProcess> {
  const binaries = path.join(folder, 'postgres')
  const home = path.join(folder, 'home')
  const data = path.join(home, 'data')
  const user = postgresUser()
  await placePostgres(findPostgresPackage(), binaries, user !== undefined)
  await mkdir(home)
  if (user !== undefined) await chown(home, user.uid, user.gid)
  const options = { ...user, cwd: home, env, stdio: 'ignore' } as const
  const init = ['-D', data, '-U', 'foreign', '--auth=trust', '--no-sync', '--no-locale']
  execFileSync(path.join(binaries, 'bin', 'initdb'), init, options)
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', '']
  return spawn(path.join(binaries, 'bin', 'postgres'), args, { ...options, detached: true })
}

async function databaseSince(port: number): Promise<string> {
  const client = new Client({ host: '127.0.0.1', port, user: 'foreign', database: 'postgres', ssl: false })
  client.on('error', () => undefined) // a broken connection makes the query fail also
  await client.connect()
  try {
    const { rows } = await client.query<{ since: string }>('SELECT pg_postmaster_start_time()::text AS since')
    const [row] = rows
    if (row === undefined) throw new Error('the database does not say since when it is up')
    return row.since
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('there is no port')
  return address.port
}

/** Ends it by its own pid; PostgreSQL ends its other processes itself. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  await exited
}
