import { shortened } from '../core/shortened.ts'

const longest = 120

/** A value as JSON for a finding's message, cut if it is long. */
export function inShort(value: unknown): string {
  return shortened(JSON.stringify(value ?? null), longest)
}
