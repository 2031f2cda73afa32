// `timing.json`: the campaign's result itself, checked against its schema, for other programs to read.
import { ChaosError } from '../errors.ts'
import { timingSchema, type CampaignResult } from '../record/timing.ts'

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

/**
 * The text of `timing.json`.
 * @throws ChaosError `CHAOS_REPORT_INVALID`, naming the path of each wrong value
 */
export function renderTiming(result: CampaignResult): string {
  const parsed = timingSchema.safeParse(result)
  if (parsed.success) return `${JSON.stringify(parsed.data, null, 2)}\n`
  const wrong = parsed.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`)
  throw new ChaosError(`timing.json would not match its schema: ${wrong.join('; ')}`, {
    code: 'CHAOS_REPORT_INVALID',
    hint: 'This is a mistake of the harness; the runs themselves are in the folder runs/ beside it.',
    cause: parsed.error,
  })
}
