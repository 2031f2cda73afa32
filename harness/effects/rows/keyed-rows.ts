// Rows as a database driver returns them, as JSON and with their key.
import type { Row } from '../../record/rows.ts'

/** @throws Error if a column of the key is missing or null */
export function keyedRows(
  returned: readonly Readonly<Record<string, unknown>>[],
  key: readonly string[],
): Row[] {
  return returned.map((row) => {
    const values = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asJson(value)]))
    return { key: keyOf(values, key), values }
  })
}

function keyOf(values: Readonly<Record<string, unknown>>, key: readonly string[]): string {
  const parts = key.map((column) => {
    const value = values[column]
    if (value !== undefined && value !== null) return value
    const columns = Object.keys(values).join(', ')
    const why = value === null ? 'is null in a row' : `is not among its columns: ${columns}`
    throw new Error(`the key column ${column} ${why}`)
  })
  const [only] = parts
  if (parts.length > 1) return JSON.stringify(parts)
  return typeof only === 'string' ? only : JSON.stringify(only)
}

/** Binary data in base64. Drivers give numbers of 64 bits as text already. */
function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown)
}
