// What was asked of the server's skipping of time, as a workflow's history has it.
import { z } from 'zod'
import { durationSchema } from './duration-attribute.ts'
import { eventAttributes, textAttribute, type HistoryEvent } from './event.ts'

export interface SkipRequest {
  readonly event: HistoryEvent
  /** The client's name for it; undefined where it has no end. */
  readonly id: string | undefined
  /** The most that may be skipped for it; Infinity where it has no end. */
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

/** Every request of a history, in order: at the workflow's start, or by an update of its options. */
export function skipRequestsOf(events: readonly HistoryEvent[]): SkipRequest[] {
  return events.flatMap((event): SkipRequest[] => {
    if (!mayRequest(event)) return []
    const { timeSkippingConfig: config } = optionsSchema.parse(eventAttributes(event))
    // Once it is reached, which may be at once, the server stores it without `enabled`.
    const fastForward = config?.fastForwardConfig
    if (fastForward !== undefined) {
      return [{ event, id: fastForward.id, durationMs: fastForward.duration }]
    }
    return config?.enabled === true ? [{ event, id: undefined, durationMs: Infinity }] : []
  })
}

/** The start of a run that goes on where another ended repeats what was asked of that one. */
function mayRequest(event: HistoryEvent): boolean {
  if (event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED') return true
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED') return false
  return (textAttribute(event, 'continuedExecutionRunId') ?? '') === ''
}
