// What a setting may be given as: text of a flag or an environment variable, read strictly, with what it takes as the
// message of every error.
import parseDuration from 'parse-duration'
import { z } from 'zod'

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

/** Numbers with units, nothing else: the library passes over what it does not know. */
const durationPattern = /^(\d+(\.\d+)?\s*(ms|s|m|min|h|d)\s*)+$/

/** A duration with its units, as milliseconds. @param min as its message shows it, as `max` */
export function duration(min: string, max: string) {
  const expected = `a duration such as 90s, 30m or 1h30m, from ${min} to ${max}`
  const [minMs, maxMs] = [min, max].map((text) => parseDuration(text) ?? Number.NaN) as [number, number]
  return z.string({ error: expected }).transform((given, context) => {
    const ms = durationPattern.test(given.trim()) ? parseDuration(given) : null
    if (ms !== null && ms >= minMs && ms <= maxMs) return ms
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}
