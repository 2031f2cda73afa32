// Creates the data folder of a PostgreSQL: initdb, its own password, and the durability settings of production.
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { ChaosError } from '../../../core/errors.ts'
import { removeFolder } from '../../../core/remove-folder.ts'
import { superuser } from '../../service/databases.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { closedFolder, type User } from './postgres-user.ts'
import { findPostgresPackage, placePostgres } from './postgres-binaries.ts'
import { runTool } from './tool.ts'

export interface PostgresData {
  /** Folder of the programs `postgres` and `initdb`. */
  readonly programs: string
  /** Owned by the user who runs PostgreSQL; holds the data folder. */
  readonly home: string
  readonly dataFolder: string
  /** The superuser's password, drawn for this cluster. */
  readonly password: string
  readonly user: User | undefined
}

/**
 * `fsync` and `full_page_writes` stay on, as in production, because this harness tests what a SIGKILL must not lose.
 * Shared memory is in the data folder, so that a killed PostgreSQL leaves no segment in /dev/shm.
 */
export const initdbSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Four services of the Temporal server have two pools each.
  max_connections: '200',
  dynamic_shared_memory_type: 'mmap',
  logging_collector: 'off',
  timezone: 'UTC',
}

/**
 * Prepares the programs and an empty home folder, before there is any data.
 * @throws ChaosError `CHAOS_POSTGRES_MISSING`, `CHAOS_POSTGRES_UNUSABLE`, `CHAOS_DISK_FULL`
 */
export async function placeData(
  environment: ProcessEnvironment,
  user: User | undefined,
): Promise<PostgresData> {
  const binaries = join(environment.folder, 'postgres')
  const home = join(environment.folder, 'cluster')
  const password = randomBytes(24).toString('base64url')
  await placePostgres(findPostgresPackage(), binaries, user !== undefined)
  await makeHome(home, user)
  return { programs: join(binaries, 'bin'), home, dataFolder: join(home, 'data'), password, user }
}

/** Removes the data, so that it can be created again. */
export async function emptyData(data: PostgresData): Promise<void> {
  await removeFolder(data.home)
  await makeHome(data.home, data.user)
}

/** @throws ChaosError `CHAOS_POSTGRES_INIT`, `CHAOS_TEMP_UNUSABLE`, `CHAOS_DISK_FULL` */
export async function initData(environment: ProcessEnvironment, data: PostgresData): Promise<void> {
  const { home, user } = data
  const passwordFile = join(home, 'password')
  await writeFile(passwordFile, data.password, { mode: 0o600 })
  if (user) await chown(passwordFile, user.uid, user.gid)
  await explainClosedFolders(environment.folder, user, () =>
    runTool({
      session: environment.session,
      file: join(data.programs, 'initdb'),
      args: initdbArgs(data.dataFolder, passwordFile),
      options: { cwd: home, logFile: join(environment.folder, 'initdb.log'), ...(user ? { user } : {}) },
      signal: environment.signal,
      task: 'make a PostgreSQL data folder',
      code: 'CHAOS_POSTGRES_INIT',
    }),
  )
  await rm(passwordFile)
}

async function makeHome(home: string, user: User | undefined): Promise<void> {
  await mkdir(home, { mode: 0o700 })
  if (user) await chown(home, user.uid, user.gid)
}

/** `--no-sync` leaves only what initdb writes to the page cache; the server itself syncs. */
function initdbArgs(dataFolder: string, passwordFile: string): string[] {
  const place = ['-D', dataFolder, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const options = ['--encoding=UTF8', '--no-locale', '--no-sync', '--no-instructions']
  const set = Object.entries(initdbSettings).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  return [...place, ...options, ...set]
}

/** If another user may not reach the program, its errors do not say so. */
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
