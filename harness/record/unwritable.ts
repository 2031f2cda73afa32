// The error of a record that cannot be written.
import { ChaosError, isDiskFull, messageOf } from '../core/errors.ts'

export function unwritable(folder: string, thrown: unknown): ChaosError {
  const isFull = isDiskFull(thrown)
  return new ChaosError(`the record in ${folder} cannot be written: ${messageOf(thrown)}`, {
    code: isFull ? 'CHAOS_DISK_FULL' : 'CHAOS_RECORD_UNWRITABLE',
    hint: 'Free disk space or choose another folder with --out.',
    cause: thrown,
  })
}
