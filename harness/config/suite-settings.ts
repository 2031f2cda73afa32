// Rules that involve several settings: some are valid only for a soak, some only without one.
import { UsageError } from '../core/errors.ts'
import { soakForMs, suites, type SuiteName } from './suites.ts'

interface SuiteSettings {
  readonly suite: SuiteName
  readonly runs: number | undefined
  readonly run: number | undefined
  /** In milliseconds. */
  readonly for: number | undefined
  readonly keepGoing: boolean
  readonly bail: boolean
}

/**
 * Rejects contradictory settings, because guessing the user's intention would hide a mistake.
 * @throws UsageError
 */
export function checkTogether({ suite, runs, run, for: forMs, keepGoing, bail }: SuiteSettings): void {
  if (suite !== 'soak' && forMs !== undefined) {
    throw new UsageError(
      '--for sets the length of a soak, and this campaign is not a soak',
      'Add --suite soak.',
    )
  }
  if (suite !== 'soak' && keepGoing) {
    throw new UsageError(
      '--keep-going is only for a soak: any other campaign continues after a failed run anyway',
      'Leave it out.',
    )
  }
  if (suite === 'soak' && runs !== undefined && run === undefined) {
    throw new UsageError(
      'a soak takes no --runs: its length is the time that --for gives',
      'Leave --runs out.',
    )
  }
  if (keepGoing && bail) {
    throw new UsageError('--keep-going and --bail contradict each other', 'Leave one of them out.')
  }
}

/** The length of a campaign: a number of runs, or a duration for a soak. */
export function lengthOf({ suite, runs, for: forMs }: SuiteSettings): {
  readonly runs: number | undefined
  readonly for: number | undefined
} {
  const own = suites[suite].runs
  return own === null ? { runs: undefined, for: forMs ?? soakForMs } : { runs: runs ?? own, for: undefined }
}
