// What the harness itself could not do, or waited for in vain, as it put it on the timeline when it happened.
import type { Finding } from '../result/check-result.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, type Check } from './check.ts'

export const reportedErrors: Check = {
  name: 'reported-errors',
  promise: 'The harness could do and see everything that the run asked for.',
  judge({ record }) {
    const found = entriesOf(record.timeline, 'error').map(({ code, errorKind, message, hint }): Finding => {
      const kind = errorKind === 'usage' ? 'harness' : errorKind
      return {
        kind,
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(kind === 'harness' ? { endsRun: true } : {}),
      }
    })
    return checked(found)
  },
}
