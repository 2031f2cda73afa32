// What the scenario did: its steps, its choices, and what it expected.
import { z } from 'zod'
import { at } from './at.ts'

export const choiceValueSchema = z.union([z.string(), z.number(), z.boolean()])
export type ChoiceValue = z.infer<typeof choiceValueSchema>

/** What could have been chosen: one of a list, or a whole number from `min` to `max`. */
export const choiceOptionsSchema = z.union([
  z.array(choiceValueSchema).min(1),
  z.strictObject({ min: z.number().int(), max: z.number().int() }),
])
export type ChoiceOptions = z.infer<typeof choiceOptionsSchema>

export const scenarioEntries = [
  z.object({ ...at, kind: z.literal('step'), step: z.number().int(), name: z.string() }),
  z.object({
    ...at,
    kind: z.literal('choice'),
    name: z.string(),
    value: choiceValueSchema,
    /** Absent in the oldest records. */
    options: choiceOptionsSchema.optional(),
    /** What the seed draws, if a plan gave something else. */
    drawn: choiceValueSchema.optional(),
  }),
  /** What the scenario expected and what it saw; `true` and a boolean if it expected a sentence to be so. */
  z.object({
    ...at,
    kind: z.literal('expectation'),
    sentence: z.string(),
    expected: z.unknown().optional(),
    observed: z.unknown().optional(),
  }),
  z.object({ ...at, kind: z.literal('ended') }),
] as const
