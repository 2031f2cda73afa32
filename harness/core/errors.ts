// The error type of the harness: a stable code, a kind, and what to do next. The kind decides the verdict of
// a run (checks/verdict.ts) or, outside of a run, the exit code.

/**
 * - `usage`: a wrong flag, setting or file of the user; exit code 2.
 * - `harness`: the harness or the machine failed; verdict `error`, exit code 3.
 * - `unmet`: something did not come: what a scenario waited for, the proof of a fault, a worker's readiness. A check
 *   decides from the record what this means.
 * - `assumption`: a moment or a fault did not happen, so the claim was not tested; verdict `inconclusive`.
 * - `liveness`: work did not continue in time; verdict `fail`, exit code 1.
 * - `safety`: something was lost, done twice or reordered; verdict `fail`, exit code 1.
 */
export const errorKinds = ['usage', 'harness', 'unmet', 'assumption', 'liveness', 'safety'] as const
export type ErrorKind = (typeof errorKinds)[number]

/**
 * The kinds of findings about a run. Wrong usage is not among them, because it is reported before anything
 * runs.
 */
export const findingKinds = ['harness', 'assumption', 'liveness', 'safety'] as const satisfies ErrorKind[]

export type ErrorCode = `CHAOS_${string}`

export interface ChaosErrorOptions {
  readonly code: ErrorCode
  /** @default 'harness' */
  readonly kind?: ErrorKind
  /** The next thing to do, as a sentence. */
  readonly hint?: string
  /** The thing that an `unmet` error is about, by its name in the timeline. */
  readonly subject?: string
  readonly cause?: unknown
}

export class ChaosError extends Error {
  override readonly name = 'ChaosError'
  readonly code: ErrorCode
  readonly kind: ErrorKind
  readonly hint: string | undefined
  readonly subject: string | undefined

  constructor(message: string, options: ChaosErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.kind = options.kind ?? 'harness'
    this.hint = options.hint
    this.subject = options.subject
  }
}

/** Wrong usage or configuration, found before anything ran. Exit code 2. */
export class UsageError extends ChaosError {
  constructor(message: string, hint?: string, code: ErrorCode = 'CHAOS_USAGE') {
    super(message, { code, kind: 'usage', ...(hint === undefined ? {} : { hint }) })
  }
}

/** The message of anything thrown, on one line, with its causes and the failures of the cleanup after it. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown instanceof SuppressedError)
    return `${messageOf(thrown.suppressed)}; then ${messageOf(thrown.error)}`
  const own = thrown.message || thrown.name
  return thrown.cause === undefined ? own : `${own}: ${messageOf(thrown.cause)}`
}

/** Whether the system reported no space, or none left within a quota. */
export function isDiskFull(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/**
 * Anything thrown as a ChaosError: unchanged if it is one, else wrapped as an unexpected failure of the
 * harness.
 */
export function toChaosError(thrown: unknown): ChaosError {
  if (thrown instanceof ChaosError) return thrown
  if (thrown instanceof SuppressedError) {
    // The first failure decides; a failure of the cleanup after it is only added to the message.
    const { message, code, kind, hint, subject } = toChaosError(thrown.suppressed)
    const both = `${message}; then ${messageOf(thrown.error)}`
    return new ChaosError(both, {
      code,
      kind,
      cause: thrown,
      ...(hint === undefined ? {} : { hint }),
      ...(subject === undefined ? {} : { subject }),
    })
  }
  return new ChaosError(messageOf(thrown), { code: 'CHAOS_UNEXPECTED', cause: thrown })
}
