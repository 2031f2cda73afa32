// Value types of settings. Each type reads the text of a flag or variable strictly, and its error says what
// is valid.
import { z } from 'zod'
import { parseDuration } from '../core/duration.ts'

export function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`
  return z.union([z.string(), z.number()], { error: expected }).transform((given, context) => {
    const text = String(given).trim()
    const value = Number(text)
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}

export const yesNo = z.union([z.boolean(), z.string()]).transform((given, context) => {
  if (typeof given === 'boolean') return given
  if (['1', 'true', 'yes'].includes(given.toLowerCase())) return true
  if (['0', 'false', 'no', ''].includes(given.toLowerCase())) return false
  context.addIssue({ code: 'custom', message: 'true or false' })
  return z.NEVER
})

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, { error: `one of ${names.join(', ')}` })
}

/** A duration in milliseconds. @param min the shortest, with its unit, as errors show it; `max` likewise */
export function duration(min: string, max: string) {
  const expected = `a duration such as 90s, 30m or 1h30m, from ${min} to ${max}`
  const [minMs, maxMs] = [min, max].map((text) => parseDuration(text) ?? Number.NaN) as [number, number]
  return z.string({ error: expected }).transform((given, context) => {
    const ms = parseDuration(given)
    if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}
