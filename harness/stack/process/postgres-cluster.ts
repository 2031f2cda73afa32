// Makes the data folder of a PostgreSQL: initdb, a password of its own, settings that keep what production keeps.
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { ChaosError } from '../../errors.ts'
import type { Ground } from './ground.ts'
import { closedFolder, type User } from './postgres-user.ts'
import { findPostgresPackage, placePostgres } from './postgres-binaries.ts'
import { runTool } from './tool.ts'

export const superuser = 'temporal'

export interface Cluster {
  readonly program: string
  readonly dataFolder: string
  readonly password: string
  readonly user: User | undefined
}

/**
 * `fsync` and `full_page_writes` stay on, as in production: what a SIGKILL must not lose is what this harness is about.
 * Shared memory lies in the data folder, so that a PostgreSQL that was killed leaves no segment behind in /dev/shm.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Four services of the Temporal server have two pools each.
  max_connections: '200',
  dynamic_shared_memory_type: 'mmap',
  logging_collector: 'off',
  timezone: 'UTC',
}

/**
 * @throws ChaosError `CHAOS_POSTGRES_MISSING`, `CHAOS_POSTGRES_UNUSABLE`, `CHAOS_POSTGRES_INIT`,
 *   `CHAOS_TEMP_UNUSABLE`, `CHAOS_DISK_FULL`
 */
export async function createCluster(ground: Ground, user: User | undefined): Promise<Cluster> {
  const binaries = join(ground.folder, 'postgres')
  const home = join(ground.folder, 'cluster')
  const passwordFile = join(home, 'password')
  const password = randomBytes(24).toString('base64url')
  const cluster = {
    program: join(binaries, 'bin', 'postgres'),
    dataFolder: join(home, 'data'),
    password,
    user,
  }
  await placePostgres(findPostgresPackage(), binaries, user !== undefined)
  await mkdir(home, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user) await Promise.all([home, passwordFile].map((path) => chown(path, user.uid, user.gid)))
  await explainClosedFolders(ground.folder, user, () =>
    runTool({
      session: ground.session,
      file: join(binaries, 'bin', 'initdb'),
      args: initdbArgs(cluster.dataFolder, passwordFile),
      options: { cwd: home, logFile: join(ground.folder, 'initdb.log'), ...(user ? { user } : {}) },
      signal: ground.signal,
      task: 'make a PostgreSQL data folder',
      code: 'CHAOS_POSTGRES_INIT',
    }),
  )
  await rm(passwordFile)
  return cluster
}

/** `--no-sync` leaves only what initdb writes to the page cache; the server itself syncs. */
function initdbArgs(dataFolder: string, passwordFile: string): string[] {
  return [
    ...['-D', dataFolder, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--encoding=UTF8', '--no-locale', '--no-sync', '--no-instructions'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ]
}

/** A program that another user may not reach fails in ways that do not say so. */
async function explainClosedFolders(
  folder: string,
  user: User | undefined,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    const closed = user === undefined ? undefined : await closedFolder(folder)
    if (closed === undefined) throw thrown
    throw new ChaosError(`PostgreSQL runs as the user nobody, who may not enter ${closed}`, {
      code: 'CHAOS_TEMP_UNUSABLE',
      hint: 'Set TMPDIR to a folder that every user may enter, such as /tmp, or run as an ordinary user.',
      cause: thrown,
    })
  }
}
