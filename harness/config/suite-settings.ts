// The settings that say how much a campaign runs, seen together: some go with a soak only, some not with one.
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
 * Settings that mean nothing beside each other are a misunderstanding, better told than guessed at.
 * @throws UsageError
 */
export function checkTogether({ suite, runs, run, for: forMs, keepGoing, bail }: SuiteSettings): void {
  if (suite !== 'soak' && forMs !== undefined) {
    throw new UsageError('--for says how long a soak lasts, and this is none', 'Add --suite soak.')
  }
  if (suite !== 'soak' && keepGoing) {
    throw new UsageError('--keep-going is for a soak: any other campaign goes on', 'Leave it out.')
  }
  if (suite === 'soak' && runs !== undefined && run === undefined) {
    throw new UsageError('a soak takes no --runs: it lasts as long as --for says', 'Leave --runs out.')
  }
  if (keepGoing && bail) {
    throw new UsageError('--keep-going and --bail say the opposite of each other', 'Leave one of them out.')
  }
}

/** What a campaign is made of: a number of runs, or a time where it is a soak. */
export function lengthOf({ suite, runs, for: forMs }: SuiteSettings): {
  readonly runs: number | undefined
  readonly for: number | undefined
} {
  const own = suites[suite].runs
  return own === null ? { runs: undefined, for: forMs ?? soakForMs } : { runs: runs ?? own, for: undefined }
}
