// How a full disk shows in what programs say, and what to do about it: it is nobody's broken promise.
import type { ChaosErrorOptions } from '../../errors.ts'

/** A disk that programs of a stack write to. */
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

export function saysDiskFull(text: string): boolean {
  return /No space left on device|no space left on device|ENOSPC/.test(text)
}

/** What an error is to be: `CHAOS_DISK_FULL` where that shows in what was said, else as it would be. */
export function unlessFull(said: string, disk: Disk, otherwise: ChaosErrorOptions): ChaosErrorOptions {
  if (!saysDiskFull(said)) return otherwise
  const { cause } = otherwise
  return { code: 'CHAOS_DISK_FULL', hint: disk.whenFull, ...(cause === undefined ? {} : { cause }) }
}
