// Moments: proven positions in a workflow's progress.
import { z } from 'zod'
import { at } from './at.ts'
import { workflowRun } from './workflow.ts'

export const moment = {
  name: z.string(),
  ...workflowRun,
  /** Whether the moment ends when the span that its event opened is closed (see history/span.ts). */
  lasting: z.boolean(),
}

export const momentEntries = [
  /** The scenario starts to wait for a moment, or for a workflow to close. */
  z.object({ ...at, kind: z.literal('awaited'), subject: z.string(), ...workflowRun }),
  /**
   * A moment was reached. `eventId` names the event that started it; null if no event of a history proves it.
   */
  z.object({ ...at, kind: z.literal('moment'), ...moment, eventId: z.string().nullable() }),
  /** A moment was over before anything could show it. `eventId` is of the event that began it, `tookMs` how long it lasted. */
  z.object({
    ...at,
    kind: z.literal('moment-passed'),
    ...moment,
    eventId: z.string(),
    tookMs: z.number(),
  }),
  /** The scenario requires the moment to last at this time. The event is null if the scenario saw none. */
  z.object({ ...at, kind: z.literal('held'), ...moment, eventId: z.string().nullable() }),
] as const
