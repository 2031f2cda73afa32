// How a full disk shows in what programs say, and what to do about it: it is nobody's broken promise.
import { statfs } from 'node:fs/promises'
import { ChaosError, type ChaosErrorOptions } from './errors.ts'

/** What a cluster of processes takes up when it is up (137 MB, programs included), and some to run with. */
export const stackBytes = 200_000_000

/** A disk that programs of a cluster write to. */
export interface Disk {
  /** What to do where it is full. */
  readonly whenFull: string
}

export const temporaryDisk: Disk = {
  whenFull: 'Make room, or set TMPDIR to a folder on a disk that has some hundred MB free.',
}

export const engineDisk: Disk = {
  whenFull:
    'Make some hundred MB of room where the container engine keeps its data: `docker system df` shows what takes it up.',
}

export function isDiskFullMessage(text: string): boolean {
  return /No space left on device|no space left on device|ENOSPC/.test(text)
}

/** What an error is to be: `CHAOS_DISK_FULL` where that shows in what was said, else as it would be. */
export function diskFullOr(said: string, disk: Disk, otherwise: ChaosErrorOptions): ChaosErrorOptions {
  if (!isDiskFullMessage(said)) return otherwise
  const { cause } = otherwise
  return { code: 'CHAOS_DISK_FULL', hint: disk.whenFull, ...(cause === undefined ? {} : { cause }) }
}

/**
 * Before a cluster is made: on a disk that is full already, programs cannot even say so in their logs.
 * @throws ChaosError `CHAOS_DISK_FULL` where less than `bytes` are free
 */
export async function assertFreeSpace(folder: string, bytes = stackBytes): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= bytes) return
  const inMb = (amount: number) => `${Math.floor(amount / 1e6)} MB`
  throw new ChaosError(`${folder} has ${inMb(free)} free, and a cluster takes up to ${inMb(bytes)}`, {
    code: 'CHAOS_DISK_FULL',
    hint: temporaryDisk.whenFull,
  })
}
