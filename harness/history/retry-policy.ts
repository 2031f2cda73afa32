// How long the server waits before it tries an activity again, by the policy in the activity's scheduled event.
// The server writes its defaults into that event, so nothing has to be guessed.
import { durationSchema } from './duration-attribute.ts'
import { eventAttributes, fieldIn, type HistoryEvent } from './event.ts'
import { failureOf } from './failure.ts'

export interface Backoff {
  readonly ms: number
  /** The setting that decides it; null if the failure itself asked for this delay. */
  readonly setting: string | null
}

export interface RetryPolicy {
  readonly initialIntervalMs: number
  readonly backoffCoefficient: number
  /** Null if it is not limited. */
  readonly maximumIntervalMs: number | null
  readonly maximumAttempts: number | null
}

/** Undefined if the event has none. */
export function retryPolicyOf(scheduled: HistoryEvent): RetryPolicy | undefined {
  const policy = fieldIn(eventAttributes(scheduled), 'retryPolicy')
  if (policy === undefined) return undefined
  return {
    initialIntervalMs: lengthMs(fieldIn(policy, 'initialInterval')) ?? 0,
    backoffCoefficient: Number(fieldIn(policy, 'backoffCoefficient') ?? 2),
    maximumIntervalMs: lengthMs(fieldIn(policy, 'maximumInterval')) ?? null,
    maximumAttempts: Number(fieldIn(policy, 'maximumAttempts') ?? 0) || null,
  }
}

/**
 * The pause before an attempt.
 * @param attempt from 2
 * @param started the attempt's started event, if that is known: its last failure may name another delay
 */
export function backoffBefore(attempt: number, scheduled: HistoryEvent, started?: HistoryEvent): Backoff {
  const askedMs = started === undefined ? undefined : failureOf(started)?.nextRetryDelayMs
  if (askedMs !== undefined) return { ms: askedMs, setting: null }
  const {
    initialIntervalMs: initialMs = 0,
    maximumIntervalMs,
    backoffCoefficient: coefficient = 2,
  } = retryPolicyOf(scheduled) ?? {}
  const longestMs = maximumIntervalMs ?? Infinity
  const grownMs = initialMs * coefficient ** (attempt - 2)
  return grownMs > longestMs
    ? { ms: longestMs, setting: 'retry.maximumInterval' }
    : { ms: grownMs, setting: 'retry.initialInterval' }
}

function lengthMs(text: unknown): number | undefined {
  const parsed = durationSchema.safeParse(text)
  return parsed.success && parsed.data > 0 ? parsed.data : undefined
}
