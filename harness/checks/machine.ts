// Whether anybody can tell a slow system from a slow machine: excuses.ts needs the figures. They are running
// totals, so the first and the last of them tell of everything between.
import { formatDuration } from '../core/duration.ts'
import { observationsOf, whyUnavailable } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

export const machine: Check = {
  name: 'machine',
  promise: 'The load of the machine is known for the whole run.',
  judge({ record }) {
    const why = whyUnavailable(record, 'machine')
    if (why !== undefined) return notChecked(why)
    if (observationsOf(record, 'machine').length === 0) return notChecked('the machine was not observed')
    const samples = record.machine.filter((line) => line.kind === 'sample')
    const [first, last] = [samples[0], samples.at(-1)]
    if (first === undefined || last === undefined)
      return notChecked("the record has no samples of the machine's load")
    // The first sample is taken before the first worker starts, the last one after the scenario's end.
    const [spawned] = entriesOf(record.timeline, 'incarnation')
    const end = entriesOf(record.timeline, 'ended').at(-1)
    const isWhole = first.atMs <= (spawned?.atMs ?? Infinity) && last.atMs >= (end?.atMs ?? 0)
    if (isWhole) return checked([])
    const [from, until, ended] = [first.atMs, last.atMs, end?.atMs ?? last.atMs].map(formatDuration)
    const known = `the load of the machine is known from ${from} to ${until}, and the run ended at ${ended}`
    return checked(findings('harness', [known]))
  },
}
