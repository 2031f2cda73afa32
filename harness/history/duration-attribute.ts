// Durations in a history, as proto3 JSON writes them: "3s", "1.500s".
import { textAttribute, type HistoryEvent } from './event.ts'

/** Milliseconds of a duration attribute; 0 where it is absent. */
export function durationAttributeMs(event: HistoryEvent, name: string): number {
  const text = textAttribute(event, name) ?? '0s'
  return Number(text.replace(/s$/, '')) * 1_000
}
