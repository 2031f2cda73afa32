// The state of a run's workflows, row by row: what came back as it would be without faults, what did not, and what
// nobody could tell.
import { z } from 'zod'

/** The parts that full state recovery means (docs/checks.md), in the order in which they are told. */
export const stateParts = [
  'outcome',
  'queries',
  'search attributes',
  'memo',
  'pending work',
  'effects',
  'messages',
  'events',
  'timers',
  'chain',
  'children',
  'visibility',
  'settings',
] as const
export type StatePart = (typeof stateParts)[number]

export const stateRowSchema = z.object({
  part: z.enum(stateParts),
  status: z.enum(['kept', 'broken', 'not-checked']),
  /** Names of the checks that decided it. */
  by: z.array(z.string()),
  /** Why it was not checked, as part of a sentence. */
  why: z.string().optional(),
})
export type StateRow = z.infer<typeof stateRowSchema>
