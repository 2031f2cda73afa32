// What the harness itself could not do, as it put it on the timeline when it happened.
import type { Finding } from '../result/check-result.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, type Check } from './check.ts'

export const reportedErrors: Check = {
  name: 'reported-errors',
  promise: 'The harness could do and see everything that the run asked for.',
  judge({ record }) {
    const found = entriesOf(record.timeline, 'error').flatMap(
      ({ code, errorKind, message, hint }): Finding[] => {
        if (errorKind === 'unmet') return [] // the check `waits` decides what it means
        const kind = errorKind === 'usage' ? 'harness' : errorKind
        const finding = { kind, code, message, ...(hint === undefined ? {} : { hint }) }
        return [kind === 'harness' ? { ...finding, endsRun: true } : finding]
      },
    )
    return checked(found)
  },
}
