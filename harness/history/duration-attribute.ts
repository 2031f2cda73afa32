// Durations in a history, as proto3 JSON writes them: "3s", "1.500s".
import { z } from 'zod'
import { textAttribute, type HistoryEvent } from './event.ts'

/** Milliseconds once parsed. */
export const durationSchema = z
  .string()
  .regex(/^\d+(\.\d+)?s$/)
  .transform((text) => Number(text.slice(0, -1)) * 1_000)

/** Milliseconds of a duration attribute; 0 if it is absent. @throws ZodError if it is none */
export function durationAttributeMs(event: HistoryEvent, name: string): number {
  const text = textAttribute(event, name)
  return text === undefined ? 0 : durationSchema.parse(text)
}
