// Writes reports to disk: each file whole or not at all, with a clear error if the disk refuses.
import { lstat, rm, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { replaceFile, temporaryBeside } from '../core/atomic-file.ts'
import { ChaosError, isDiskFull, messageOf, UsageError } from '../core/errors.ts'
import { makeFolder } from '../core/make-folder.ts'

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
}

/** The error for a `path` that could not be written. */
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

/** @throws ChaosError as `writeFailure` says */
async function replace(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
  try {
    await replaceFile(path, make)
  } catch (thrown) {
    throw writeFailure(path, thrown)
  }
}

/** A reader sees the old text or the new one, never a part. @throws ChaosError by `writeFailure` */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await replace(path, (temporary) => writeFile(temporary, text, { flag: 'wx' }))
}

/** @throws UsageError `CHAOS_LATEST_OCCUPIED` if `latest` is something of the user's */
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
 * Points `latest` in `outFolder` to `campaignFolder`. The link is relative, so the whole folder may be moved.
 * @throws UsageError `CHAOS_LATEST_OCCUPIED`; ChaosError by `writeFailure`
 */
export async function linkLatest(outFolder: string, campaignFolder: string): Promise<void> {
  const latest = join(outFolder, 'latest')
  await checkLatest(latest)
  await replace(latest, (temporary) => symlink(relative(outFolder, campaignFolder), temporary))
}

/**
 * Creates the folder for reports if it is missing and tries to write in it, before anything starts.
 * @throws UsageError `CHAOS_OUT_UNWRITABLE` or `CHAOS_LATEST_OCCUPIED`; ChaosError `CHAOS_DISK_FULL`
 */
export async function checkWritable(outFolder: string): Promise<void> {
  const probe = temporaryBeside(join(outFolder, 'probe'))
  try {
    await makeFolder(outFolder)
    await writeFile(probe, 'can this folder be written?\n', { flag: 'wx' })
    await rm(probe)
  } catch (thrown) {
    await rm(probe, { force: true }).catch(() => undefined) // `thrown` is the error to report
    const failure = writeFailure(outFolder, thrown)
    if (failure.code === 'CHAOS_DISK_FULL') throw failure
    const hint = 'Choose a writable folder with --out.'
    throw new UsageError(failure.message, hint, 'CHAOS_OUT_UNWRITABLE')
  }
  await checkLatest(join(outFolder, 'latest'))
}
