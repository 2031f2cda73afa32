// Requests to skip time, as a workflow's history shows them.
import { z } from 'zod'
import { durationSchema } from './duration-attribute.ts'
import { eventAttributes, textAttribute, type HistoryEvent } from './event.ts'

export interface SkipRequest {
  readonly event: HistoryEvent
  /** The client's name for the request; undefined if the request has no end. */
  readonly id: string | undefined
  /** The most that may be skipped for the request; Infinity if it has no end. */
  readonly durationMs: number
}

const optionsSchema = z.object({
  timeSkippingConfig: z
    .object({
      enabled: z.boolean().optional(),
      fastForwardConfig: z.object({ id: z.string(), duration: durationSchema }).optional(),
    })
    .optional(),
})

/**
 * Every request of a history, in order. Requests come with the workflow's start or with an update of its
 * options.
 */
export function skipRequestsOf(events: readonly HistoryEvent[]): SkipRequest[] {
  return events.flatMap((event): SkipRequest[] => {
    if (!mayRequest(event)) return []
    const { timeSkippingConfig: config } = optionsSchema.parse(eventAttributes(event))
    // The server stores a request without `enabled` once the request is reached, which may be at once.
    const fastForward = config?.fastForwardConfig
    if (fastForward !== undefined) {
      return [{ event, id: fastForward.id, durationMs: fastForward.duration }]
    }
    return config?.enabled === true ? [{ event, id: undefined, durationMs: Infinity }] : []
  })
}

/** The start of a continued run repeats the requests of the run before it, which must not count twice. */
function mayRequest(event: HistoryEvent): boolean {
  if (event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED') return true
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED') return false
  return (textAttribute(event, 'continuedExecutionRunId') ?? '') === ''
}
