// The placeholders of a project's configuration: `{{temporal.address}}` and its like.
import { UsageError } from '../../core/errors.ts'

export type Placeholders = Readonly<Record<string, string>>

/**
 * Replaces each placeholder in a text, or in all texts of a value.
 * @throws UsageError `CHAOS_CONFIG_INVALID` if a placeholder is unknown here
 */
export function substitute<T>(value: T, known: Placeholders): T {
  return replaced(value, known) as T
}

function replaced(value: unknown, known: Placeholders): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) => {
      const found = known[name]
      if (found !== undefined) return found
      throw new UsageError(
        `{{${name}}} stands for nothing here`,
        `Known: ${Object.keys(known)
          .map((one) => `{{${one}}}`)
          .join(', ')}.`,
        'CHAOS_CONFIG_INVALID',
      )
    })
  }
  if (Array.isArray(value)) return value.map((one) => replaced(one, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, known)]))
}
