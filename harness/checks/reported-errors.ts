// Errors that the harness reported on the timeline during the run.
import type { Finding } from '../result/check-result.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, type Check } from './check.ts'

export const reportedErrors: Check = {
  name: 'reported-errors',
  promise: 'The harness could do and see everything that the run required.',
  judge({ record }) {
    const found = entriesOf(record.timeline, 'error').flatMap(
      ({ code, errorKind, message, hint }): Finding[] => {
        if (errorKind === 'unmet') return [] // other checks decide about these
        const kind = errorKind === 'usage' ? 'harness' : errorKind
        const finding = { kind, code, message, ...(hint === undefined ? {} : { hint }) }
        return [kind === 'harness' ? { ...finding, endsRun: true } : finding]
      },
    )
    return checked(found)
  },
}
