// JSON files for other programs, checked against their schema before they are written.
import type { z } from 'zod'
import { ChaosError } from '../../core/errors.ts'

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

/**
 * The text of the file `name`.
 * @throws ChaosError `CHAOS_REPORT_INVALID` with the path of each wrong value
 */
export function renderJson<T>(name: string, schema: z.ZodType<T>, value: T): string {
  const parsed = schema.safeParse(value)
  if (parsed.success) return `${JSON.stringify(parsed.data, null, 2)}\n`
  const wrong = parsed.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`)
  throw new ChaosError(`${name} would not match its schema: ${wrong.join('; ')}`, {
    code: 'CHAOS_REPORT_INVALID',
    hint: 'This is a mistake of the harness. It does not affect the records of the runs.',
    cause: parsed.error,
  })
}
