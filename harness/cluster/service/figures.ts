// Formats facts for evidence: milliseconds to a tenth, and the old value beside the new one.
import { monotonicMs } from '../../core/clock.ts'
import type { Evidence } from '../../record/evidence.ts'

/** Milliseconds that have passed since an instant of the process-wide monotonic clock. */
export function since(ms: number): number {
  return round(monotonicMs() - ms)
}

export function round(ms: number): number {
  return Math.round(ms * 10) / 10
}

/** `startedAt` becomes `previousStartedAt`. */
export function asPrevious(facts: Evidence): Evidence {
  const previous = (name: string) => `previous${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [previous(name), value]))
}
