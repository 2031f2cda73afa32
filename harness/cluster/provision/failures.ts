// How provisioning fails: one error that lists every source tried, why each failed, and what to do.
import { ChaosError, isDiskFull, messageOf } from '../../core/errors.ts'
import type { CacheEntry } from './cache.ts'
import { temporalVersion } from '../../config/temporal-release.ts'

export interface Failure {
  /** What was tried: `cache`, `download`, `build`. */
  readonly tried: string
  readonly reason: string
}

/** The one error, once there is nothing left to try. */
export function provisionFailed(failures: readonly Failure[], hint: string, cause?: unknown): ChaosError {
  const lines = failures.map(({ tried, reason }) => `\n  ${tried}: ${reason}`)
  return new ChaosError(`no way to get Temporal ${temporalVersion} worked:${lines.join('')}`, {
    code: 'CHAOS_PROVISION_FAILED',
    hint,
    ...(cause === undefined ? {} : { cause }),
  })
}

export const userBinariesHint = `Set CHAOS_TEMPORAL_SERVER and CHAOS_TEMPORAL_SQL_TOOL to binaries of ${temporalVersion}.`

export const allSourcesHint =
  'Install Go 1.21 or newer; or set CHAOS_TEMPORAL_MIRROR to a host that carries the releases of ' +
  `temporalio/temporal; or set CHAOS_TEMPORAL_SERVER and CHAOS_TEMPORAL_SQL_TOOL to binaries of ${temporalVersion}.`

const cacheHint = 'Set XDG_CACHE_HOME to a folder that can be written and has 1 GB free.'

/** What to do if no source worked. */
export function hintFor(failures: readonly Failure[]): string {
  const full = failures.some(({ reason }) => /no space left on device/i.test(reason))
  return full ? `Make room, on the disk of Go's build cache too. ${cacheHint}` : allSourcesHint
}

/** The disk refused: every other source would end the same way, so nothing more is tried. */
export function cacheUnusable(thrown: unknown, entry: CacheEntry, before: readonly Failure[]): ChaosError {
  const others = before.filter(({ tried }) => tried !== 'cache')
  const reason = `${entry.parent} ${diskReason(thrown)}`
  return provisionFailed([...others, { tried: 'cache', reason }], cacheHint, thrown)
}

function diskReason(thrown: unknown): string {
  const code = (thrown as NodeJS.ErrnoException).code
  if (isDiskFull(thrown)) return `has no space left (${code})`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `cannot be written (${code})`
  return `cannot be used: ${messageOf(thrown)}`
}

/** Whether the file system raised it; errors of the network come wrapped as ChaosErrors. */
export function isFileSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown
}
