// Moments: proven positions in the work.
import { z } from 'zod'
import { at } from './at.ts'
import { workflowRun } from './workflow.ts'

export const moment = {
  name: z.string(),
  ...workflowRun,
  /** The moment lasts only while what its event opened is open (see history/span.ts). */
  lasting: z.boolean(),
}

export const momentEntries = [
  /** The scenario begins to wait for a moment, or for a workflow to close. */
  z.object({ ...at, kind: z.literal('awaited'), subject: z.string(), ...workflowRun }),
  /** A moment was reached. `eventId` is the event that it began with; null if no event of a history proves it. */
  z.object({ ...at, kind: z.literal('moment'), ...moment, eventId: z.string().nullable() }),
  /** The scenario needs a moment to last at this instant; the event is null if the scenario saw none. */
  z.object({ ...at, kind: z.literal('held'), ...moment, eventId: z.string().nullable() }),
] as const
