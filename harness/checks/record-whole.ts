// A record must agree with itself, whoever sealed it: what one part tells, the others must know.
import { contradictionsIn } from '../analysis/integrity/record-damage.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

/** One loss shows in many places. */
const shown = 10

export const recordWhole: Check = {
  name: 'record-whole',
  promise: 'The record agrees with itself: nothing in it is missing, doubled, out of order or made up.',
  judge({ record, histories }) {
    const { timeline } = record
    const [error] = entriesOf(timeline, 'error')
    // Such a run ends anywhere, and its verdict is no pass anyway.
    if (error !== undefined) return notChecked(`the run did not come to its end: ${error.code}`)
    if (entriesOf(timeline, 'ended').length === 0) return notChecked('the record breaks off')
    const found = contradictionsIn(record, histories)
    const others = found.length - shown
    return checked(
      findings('harness', [
        ...found.slice(0, shown).map((what) => `the record contradicts itself: ${what}`),
        ...(others > 0 ? [`and ${others} more contradictions in the record`] : []),
      ]),
    )
  },
}
