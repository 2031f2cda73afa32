// Keeps a fresh data folder with Temporal's databases as one archive between campaigns, because creating it takes
// two thirds of a cluster's start. The archive's name is a hash of everything that went into it.
import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { access, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { replaceFile, syncFile, unfinishedSuffix } from '../../../core/atomic-file.ts'
import { ChaosError, messageOf } from '../../../core/errors.ts'
import { makeFolder } from '../../../core/make-folder.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { findPostgresPackage } from './postgres-binaries.ts'
import { initdbSettings, type PostgresData } from './postgres-data.ts'
import { runTool } from './tool.ts'

/** Raised when the content of the archive changes. */
const format = 1
const kept = 3
const abandonedMs = 60 * 60 * 1000

/**
 * The path of the archive for this PostgreSQL, this schema tool and this user. The file need not exist.
 * @throws ChaosError `CHAOS_BINARY_UNUSABLE` if there is no such tool
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

/** @returns the superuser's password in the unpacked databases */
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

/** PostgreSQL must have been stopped cleanly. The archive appears in one step, or not at all. */
export async function packTemplate(
  environment: ProcessEnvironment,
  file: string,
  data: PostgresData,
): Promise<void> {
  const passwordFile = join(data.home, 'password')
  await makeFolder(dirname(file))
  try {
    await writeFile(passwordFile, data.password, { mode: 0o600 })
    await replaceFile(file, async (archive) => {
      await writeFile(archive, '', { mode: 0o600 })
      await tar(environment, ['-cf', archive, '-C', data.home, 'password', 'data'], 'keep the databases')
      await syncFile(archive)
    })
    await prune(dirname(file))
  } finally {
    await rm(passwordFile, { force: true })
  }
}

function tar(environment: ProcessEnvironment, args: readonly string[], task: string): Promise<void> {
  // Otherwise the tar of macOS adds files of its own.
  const env = { COPYFILE_DISABLE: '1' }
  const options = { env, logFile: join(environment.folder, 'tar.log') }
  const { session, signal } = environment
  return runTool({ session, file: 'tar', args, options, signal, task, code: 'CHAOS_TEMPLATE_UNUSABLE' })
}

/** Removes all but the newest few archives. Archives that are being written stay. */
async function prune(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  const archives = files
    .filter(({ name }) => name.endsWith('.tar'))
    .toSorted((one, other) => other.at - one.at)
  const abandoned = files.filter(
    ({ name, at }) => name.endsWith(unfinishedSuffix) && Date.now() - at > abandonedMs,
  )
  const old = [...archives.slice(kept), ...abandoned]
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}
