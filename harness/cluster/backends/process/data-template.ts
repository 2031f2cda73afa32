// The data folder with Temporal's databases just made, kept between campaigns as one archive: making it anew costs two
// thirds of a cluster's start. It is found by everything that it was made from, so a change of any of that makes a new one.
import { createHash, randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import {
  access,
  mkdir,
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ChaosError, messageOf } from '../../../core/errors.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { findPostgresPackage } from './postgres-binaries.ts'
import { initdbSettings, type PostgresData } from './postgres-data.ts'
import { runTool } from './tool.ts'

/** Counts up when what is in the archive changes. */
const format = 1
const kept = 3
const abandonedMs = 60 * 60 * 1000

/**
 * Where the archive is, or would be, for this PostgreSQL, this schema tool and this user.
 * @throws ChaosError `CHAOS_BINARY_UNUSABLE` where there is no such tool
 */
export async function templateFile(cacheFolder: string, sqlTool: string): Promise<string> {
  const { size, mtimeMs } = await statTool(sqlTool)
  const postgres = await readFile(join(findPostgresPackage(), 'package.json'), 'utf8')
  const madeFrom = [
    format,
    postgres,
    initdbSettings,
    await realpath(sqlTool),
    size,
    mtimeMs,
    process.getuid?.(),
  ]
  const key = createHash('sha256').update(JSON.stringify(madeFrom)).digest('hex').slice(0, 16)
  return join(cacheFolder, 'clusters', `${key}.tar`)
}

async function statTool(sqlTool: string): Promise<Stats> {
  try {
    return await stat(sqlTool)
  } catch (thrown) {
    throw new ChaosError(`cannot use ${sqlTool}: ${messageOf(thrown)}`, {
      code: 'CHAOS_BINARY_UNUSABLE',
      cause: thrown,
    })
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await access(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** @returns the password that the unpacked data folder knows */
export async function unpackTemplate(
  environment: ProcessEnvironment,
  file: string,
  data: PostgresData,
): Promise<string> {
  await tar(environment, ['-xpf', file, '-C', data.home], 'unpack the kept databases')
  const passwordFile = join(data.home, 'password')
  const password = await readFile(passwordFile, 'utf8')
  await rm(passwordFile)
  return password
}

/** PostgreSQL must have been stopped cleanly. The archive appears at once and whole, or not at all. */
export async function packTemplate(
  environment: ProcessEnvironment,
  file: string,
  data: PostgresData,
): Promise<void> {
  const part = `${file}.${randomBytes(4).toString('hex')}.part`
  const passwordFile = join(data.home, 'password')
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(passwordFile, data.password, { mode: 0o600 })
    await writeFile(part, '', { mode: 0o600 })
    await tar(environment, ['-cf', part, '-C', data.home, 'password', 'data'], 'keep the databases')
    await settle(part)
    await rename(part, file)
    await prune(dirname(file))
  } finally {
    await Promise.all([part, passwordFile].map((each) => rm(each, { force: true })))
  }
}

function tar(environment: ProcessEnvironment, args: readonly string[], task: string): Promise<void> {
  // Without it the tar of macOS adds files of its own.
  const env = { COPYFILE_DISABLE: '1' }
  const options = { env, logFile: join(environment.folder, 'tar.log') }
  const { session, signal } = environment
  return runTool({ session, file: 'tar', args, options, signal, task, code: 'CHAOS_TEMPLATE_UNUSABLE' })
}

/** Onto the disk before the rename, which does not order the data of the file. */
async function settle(file: string): Promise<void> {
  await using handle = await open(file, 'r')
  await handle.sync()
}

/** Keeps the newest few, and what is being written right now. */
async function prune(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  const archives = files
    .filter(({ name }) => name.endsWith('.tar'))
    .toSorted((one, other) => other.at - one.at)
  const parts = files.filter(({ name, at }) => name.endsWith('.part') && Date.now() - at > abandonedMs)
  const old = [...archives.slice(kept), ...parts]
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}
