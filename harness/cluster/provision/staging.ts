// A folder beside the cache entry where the binaries are collected, so that the entry appears whole or not at all.
import { randomBytes } from 'node:crypto'
import { chmod, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile } from '../../core/atomic-file.ts'
import { sha256Of } from '../../core/sha256.ts'
import { makeFolder } from '../../core/make-folder.ts'
import { manifestFile, manifestSchema, type CacheEntry } from './cache.ts'
import { binariesIn, binaryNames, temporalVersion, type Binaries } from '../../config/temporal-release.ts'

export interface Staging extends AsyncDisposable {
  /** Scratch: the archive, the compiler's temporary files. */
  readonly work: string
  /** Holds the two binaries under their names. */
  readonly outputDir: string
}

export async function openStaging(entry: CacheEntry): Promise<Staging> {
  const folder = join(entry.parent, `${stagingPrefix(entry)}${process.pid}-${randomBytes(4).toString('hex')}`)
  const staging = { work: join(folder, 'work'), outputDir: join(folder, 'output') }
  await makeFolder(staging.work)
  await makeFolder(staging.outputDir)
  return { ...staging, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/**
 * Makes the staged binaries the cache entry, replacing a damaged one. Only under the entry's lock.
 * @param source where they come from, for the manifest
 */
export async function install(entry: CacheEntry, staging: Staging, source: string): Promise<Binaries> {
  const staged = binariesIn(staging.outputDir)
  for (const name of binaryNames) {
    await chmod(staged[name], 0o755)
    // A rename of the folder does not order the data of the files in it.
    await syncFile(staged[name])
  }
  const bytes = {
    'temporal-server': (await stat(staged['temporal-server'])).size,
    'temporal-sql-tool': (await stat(staged['temporal-sql-tool'])).size,
  }
  const sha256 = {
    'temporal-server': await sha256Of(staged['temporal-server']),
    'temporal-sql-tool': await sha256Of(staged['temporal-sql-tool']),
  }
  const installedAt = new Date().toISOString()
  const version = temporalVersion
  const manifest = manifestSchema.parse({ schema: 1, version, source, installedAt, bytes, sha256 })
  await writeFile(join(staging.outputDir, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
  await rm(entry.folder, { recursive: true, force: true })
  await rename(staging.outputDir, entry.folder)
  return binariesIn(entry.folder)
}

/** Removes staging folders of processes that are gone. Only under the entry's lock. */
export async function removeLeftovers(entry: CacheEntry): Promise<void> {
  for (const { name, pid } of await stagingFolders(entry)) {
    if (!isAlive(pid)) await rm(join(entry.parent, name), { recursive: true, force: true })
  }
}

/** The pid of another living process that is filling this entry. */
export async function otherBuilder(entry: CacheEntry): Promise<number | undefined> {
  const folders = await stagingFolders(entry)
  return folders.map(({ pid }) => pid).find((pid) => pid !== process.pid && isAlive(pid))
}

async function stagingFolders(entry: CacheEntry): Promise<{ name: string; pid: number }[]> {
  const prefix = stagingPrefix(entry)
  const names = (await readdir(entry.parent)).filter((name) => name.startsWith(prefix))
  return names.map((name) => ({ name, pid: Number.parseInt(name.slice(prefix.length), 10) }))
}

function stagingPrefix(entry: CacheEntry): string {
  return `.${entry.name}.`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
