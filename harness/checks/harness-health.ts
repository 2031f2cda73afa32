// An incomplete record makes a run worthless even if everything else looks well.
import { observationsOf } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, findings, type Check } from './check.ts'

export const harnessHealth: Check = {
  name: 'harness-health',
  promise: 'The record is complete.',
  judge({ record }) {
    const { timeline } = record
    const ended = entriesOf(timeline, 'ended').at(-1)
    // The comparison of clocks is the last entry of a complete record.
    if (ended === undefined || observationsOf(record, 'clock').length === 0) {
      return checked(findings('harness', ['the record breaks off before the end of the run']))
    }
    const dropped = entriesOf(timeline, 'lines-dropped').map(
      ({ stream, lines }) => `the disk was too slow: ${lines} lines of the record's ${stream} are missing`,
    )
    return checked(findings('harness', dropped))
  },
}
