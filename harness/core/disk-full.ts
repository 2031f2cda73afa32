// Recognizes a full disk in the output of programs, and says what to do. A full disk never counts as a broken
// promise.
import { statfs } from 'node:fs/promises'
import { ChaosError, type ChaosErrorOptions } from './errors.ts'

/** The disk space of a running cluster of processes (137 MB, programs included), with some room to spare. */
export const clusterBytes = 200_000_000

/** A disk that programs of a cluster write to. */
export interface Disk {
  /** What to do if it is full. */
  readonly whenFull: string
}

export const temporaryDisk: Disk = {
  whenFull: 'Make room, or set TMPDIR to a folder on a disk that has some hundred MB free.',
}

export const engineDisk: Disk = {
  whenFull:
    'Make some hundred MB of room where the container engine keeps its data: `docker system df` shows what takes up the space.',
}

export function isDiskFullMessage(text: string): boolean {
  // The codes stand alone: Temporal's log has words like `NamespacedQuota`.
  return /no space left on device|disk quota exceeded/i.test(text) || /\b(?:ENOSPC|EDQUOT)\b/.test(text)
}

/** Options of an error: `CHAOS_DISK_FULL` if a program's output shows a full disk, else `otherwise`. */
export function diskFullOr(said: string, disk: Disk, otherwise: ChaosErrorOptions): ChaosErrorOptions {
  if (!isDiskFullMessage(said)) return otherwise
  const { cause } = otherwise
  return { code: 'CHAOS_DISK_FULL', hint: disk.whenFull, ...(cause === undefined ? {} : { cause }) }
}

/**
 * Called before a cluster is made: on a full disk, programs cannot even report the problem in their logs.
 * @throws ChaosError `CHAOS_DISK_FULL` if less than `bytes` are free
 */
export async function assertFreeSpace(folder: string, bytes = clusterBytes): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= bytes) return
  const inMb = (amount: number) => `${Math.floor(amount / 1e6)} MB`
  throw new ChaosError(`${folder} has ${inMb(free)} free, but a cluster takes up to ${inMb(bytes)}`, {
    code: 'CHAOS_DISK_FULL',
    hint: temporaryDisk.whenFull,
  })
}
