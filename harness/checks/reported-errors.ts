// What the harness itself could not do, or waited for in vain, as it put it on the timeline when it happened.
import { entriesOf } from '../record/timeline.ts'
import { observationsOf } from '../record/record.ts'
import type { Check } from './check.ts'

const name = 'reported-errors'

export const reportedErrors: Check = {
  name,
  find(record) {
    const errors = entriesOf(record.timeline, 'error').map(({ code, errorKind, message, hint }) => ({
      check: name,
      kind: errorKind === 'usage' ? ('harness' as const) : errorKind,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
    }))
    const ended = entriesOf(record.timeline, 'ended').length > 0
    const observed = observationsOf(record, 'clock').length > 0
    if (ended && observed) return errors
    return [
      ...errors,
      { check: name, kind: 'harness', message: 'the record breaks off before the end of the run' },
    ]
  },
}
