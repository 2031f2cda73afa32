// Compares memo and search attributes by their values: a database gives them back in another notation.
import { isUnset } from '../history/attributes.ts'

/** Whether the values are the same. Dates may have other decimals, and lists another order. */
export function isSameAttribute(one: string | undefined, other: string | undefined): boolean {
  if (one === other || (isUnset(one) && isUnset(other))) return true
  const [a, b] = [valuesOf(one), valuesOf(other)]
  return a !== undefined && b !== undefined && a === b
}

export function attributeText(data: string | undefined): string {
  return data === undefined ? 'not there' : Buffer.from(data, 'base64').toString()
}

/** Undefined if the data is no JSON. A single value is a list of one. */
function valuesOf(data: string | undefined): string | undefined {
  // A decoder passes over what is no base64.
  if (Buffer.from(data ?? '', 'base64').toString('base64') !== data) return undefined
  try {
    const value: unknown = JSON.parse(attributeText(data))
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.map(comparable).toSorted().join('\n')
  } catch {
    return undefined // Only the same bytes are the same then.
  }
}

function comparable(value: unknown): string {
  const isDate = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
  const atMs = isDate ? Date.parse(value) : Number.NaN
  return Number.isNaN(atMs) ? JSON.stringify(value) : `at ${atMs}`
}
