// The scenario's own entries: its steps, its choices, and its expectations.
import { z } from 'zod'
import { at } from './at.ts'

export const choiceValueSchema = z.union([z.string(), z.number(), z.boolean()])
export type ChoiceValue = z.infer<typeof choiceValueSchema>

/** The alternatives of a choice: a list, or the whole numbers from `min` to `max`. */
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
  /** What the scenario expected and what it saw. For an expectation in words, `true` and whether it held. */
  z.object({
    ...at,
    kind: z.literal('expectation'),
    sentence: z.string(),
    expected: z.unknown().optional(),
    observed: z.unknown().optional(),
  }),
  z.object({
    ...at,
    kind: z.literal('ended'),
    /** How many entries of each kind came before, counted as they were made; absent in schema 1 and 2. */
    entries: z.record(z.string(), z.number().int()).optional(),
  }),
] as const
