// What the scenario did: its steps, its choices, and what it expected.
import { z } from 'zod'
import { at } from './at.ts'

export const choiceValueSchema = z.union([z.string(), z.number(), z.boolean()])
export type ChoiceValue = z.infer<typeof choiceValueSchema>

export const scenarioEntries = [
  z.object({ ...at, kind: z.literal('step'), step: z.number().int(), name: z.string() }),
  z.object({ ...at, kind: z.literal('choice'), name: z.string(), value: choiceValueSchema }),
  /** Something that the scenario says must be so. */
  z.object({ ...at, kind: z.literal('claim'), sentence: z.string(), isSo: z.boolean() }),
  z.object({ ...at, kind: z.literal('ended') }),
] as const
