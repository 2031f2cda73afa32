// The failure of an attempt or a task, as history keeps it.
import { durationSchema } from './duration-attribute.ts'
import { eventAttributes, fieldIn, textAttribute, type HistoryEvent } from './event.ts'

export interface Failure {
  readonly message: string
  /** `TIMEOUT_TYPE_...`; undefined if it is no timeout. */
  readonly timeoutType: string | undefined
  /** The delay that the failure asked for; undefined if it left that to the retry policy. */
  readonly nextRetryDelayMs: number | undefined
}

/** Of an activity's previous attempt, or of the event itself; undefined if nothing failed. */
export function failureOf(event: HistoryEvent): Failure | undefined {
  const attributes = eventAttributes(event)
  const failure = attributes.lastFailure ?? attributes.failure
  if (failure === undefined || failure === null) return undefined
  return parseFailure(failure)
}

/** @param failure in proto3 JSON */
export function parseFailure(failure: unknown): Failure {
  const message = fieldIn(failure, 'message')
  const timeoutType = fieldIn(failure, 'timeoutFailureInfo', 'timeoutType')
  const delay = durationSchema.safeParse(fieldIn(failure, 'applicationFailureInfo', 'nextRetryDelay'))
  return {
    message: typeof message === 'string' ? message : '',
    timeoutType: typeof timeoutType === 'string' ? timeoutType : undefined,
    nextRetryDelayMs: delay.success && delay.data > 0 ? delay.data : undefined,
  }
}

/** Causes by which the server itself takes a workflow task back in the normal course of things. */
const harmlessCauses = new Set(
  [
    'UNHANDLED_COMMAND',
    'UNHANDLED_UPDATE',
    'RESET_WORKFLOW',
    'RESET_STICKY_TASK_QUEUE',
    'FORCE_CLOSE_COMMAND',
    'FAILOVER_CLOSE_COMMAND',
  ].map((cause) => `WORKFLOW_TASK_FAILED_CAUSE_${cause}`),
)

/** Whether a workflow task failed, and not in the normal course of things, as when a signal came in between. */
export function isFailedTask(event: HistoryEvent): boolean {
  const cause = textAttribute(event, 'cause') ?? ''
  return event.eventType === 'EVENT_TYPE_WORKFLOW_TASK_FAILED' && !harmlessCauses.has(cause)
}

/** `NON_DETERMINISTIC_ERROR "boom"` */
export function describeFailedTask(failed: HistoryEvent): string {
  const cause = (textAttribute(failed, 'cause') ?? 'unknown').replace(/^WORKFLOW_TASK_FAILED_CAUSE_/, '')
  const message = failureOf(failed)?.message ?? ''
  return message === '' ? cause : `${cause} ${quoted(message)}`
}

const longestMessage = 300

/** The message in quotes and on one line, cut if it is very long. */
export function quoted(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim()
  return JSON.stringify(line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line)
}
