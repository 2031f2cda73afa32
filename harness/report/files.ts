// Putting reports on disk: each file whole or not at all, and a clear word where the disk says no.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { ChaosError, isDiskFull, messageOf, UsageError } from '../core/errors.ts'

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
}

/** The error to raise where `path` could not be written. */
export function writeFailure(path: string, thrown: unknown): ChaosError {
  if (isDiskFull(thrown)) {
    return new ChaosError(`the disk is full: ${path} cannot be written`, {
      code: 'CHAOS_DISK_FULL',
      hint: 'Free some space, or choose a folder on another disk with --out.',
      cause: thrown,
    })
  }
  return new ChaosError(`${path} cannot be written: ${messageOf(thrown)}`, {
    code: 'CHAOS_REPORT_UNWRITABLE',
    cause: thrown,
  })
}

/** A name beside `path` that nobody else uses: what is not whole yet. */
function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
}

/** Removes what a full disk had no room for. What forbids even that forbade making it, and is the error being told. */
async function discard(temporary: string): Promise<void> {
  await rm(temporary, { force: true }).catch(() => undefined)
}

/** Lets `make` make a new file or link and puts it in the place of `path` at once. */
async function replace(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryBeside(path)
  try {
    await make(temporary)
    await rename(temporary, path)
  } catch (thrown) {
    await discard(temporary)
    throw writeFailure(path, thrown)
  }
}

/** A reader sees the old text or the new one, never a part. @throws ChaosError as `writeFailure` says */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await replace(path, (temporary) => writeFile(temporary, text, { flag: 'wx' }))
}

/** @throws UsageError `CHAOS_LATEST_OCCUPIED` where `latest` is something of the user's */
async function checkLatest(latest: string): Promise<void> {
  const stats = await lstat(latest).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return undefined
    throw writeFailure(latest, thrown)
  })
  if (stats === undefined || stats.isSymbolicLink()) return
  throw new UsageError(
    `${latest} is a ${stats.isDirectory() ? 'folder' : 'file'}, not the link to the newest campaign that belongs there`,
    'Move it away, or choose another folder with --out.',
    'CHAOS_LATEST_OCCUPIED',
  )
}

/**
 * Points `latest` in `outFolder` at `campaignFolder`, by a relative link: the whole folder may be moved.
 * @throws UsageError `CHAOS_LATEST_OCCUPIED`; ChaosError as `writeFailure` says
 */
export async function linkLatest(outFolder: string, campaignFolder: string): Promise<void> {
  const latest = join(outFolder, 'latest')
  await checkLatest(latest)
  await replace(latest, (temporary) => symlink(relative(outFolder, campaignFolder), temporary))
}

/** With those above it. `mkdir` with `recursive` never comes back from a folder like /proc, where nothing can be made. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return
  await makeFolder(dirname(path))
  await mkdir(path).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'EEXIST') throw thrown
  })
}

/**
 * Makes the folder for reports where it is not there yet and tries to write in it, before anything is started.
 * @throws UsageError `CHAOS_OUT_UNWRITABLE` or `CHAOS_LATEST_OCCUPIED`; ChaosError `CHAOS_DISK_FULL`
 */
export async function checkWritable(outFolder: string): Promise<void> {
  const probe = temporaryBeside(join(outFolder, 'probe'))
  try {
    await makeFolder(outFolder)
    await writeFile(probe, 'can this folder be written?\n', { flag: 'wx' })
    await rm(probe)
  } catch (thrown) {
    await discard(probe)
    const failure = writeFailure(outFolder, thrown)
    if (failure.code === 'CHAOS_DISK_FULL') throw failure
    const hint = 'Choose a folder that can be written with --out.'
    throw new UsageError(failure.message, hint, 'CHAOS_OUT_UNWRITABLE')
  }
  await checkLatest(join(outFolder, 'latest'))
}
