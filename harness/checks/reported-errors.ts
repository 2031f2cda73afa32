// What the harness itself could not do, or waited for in vain, as it put it on the timeline when it happened.
import { entriesOf } from '../record/timeline.ts'
import type { Check } from './check.ts'

const name = 'reported-errors'

export const reportedErrors: Check = {
  name,
  find(record) {
    return entriesOf(record.timeline, 'error').map(({ code, errorKind, message, hint }) => ({
      check: name,
      kind: errorKind === 'usage' ? ('harness' as const) : errorKind,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
    }))
  },
}
