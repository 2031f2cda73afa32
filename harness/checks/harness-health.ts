// What makes a run say nothing though all looks well: a worker that ended by itself, a clock that was set meanwhile,
// a record that breaks off.
import { observationsOf } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { findings, type Check } from './check.ts'

const name = 'harness-health'

/** Server timestamps come onto the run's clock by the wall clock: beyond this the figures would be off by too much. */
const tolerableClockErrorMs = 50

export const harnessHealth: Check = {
  name,
  find(record) {
    const { timeline } = record
    const ended = entriesOf(timeline, 'ended').at(-1)
    const clock = observationsOf(record, 'clock').at(-1)
    if (ended === undefined || clock === undefined) {
      return findings(name, 'harness', ['the record breaks off before the end of the run'])
    }
    const exits = entriesOf(timeline, 'exited').filter(({ planned, atMs }) => !planned && atMs <= ended.atMs)
    const byThemselves = exits.map(
      ({ identity, exit }) =>
        `worker ${identity} ended by itself: ${exit.signal ?? `exit code ${exit.code ?? '?'}`}`,
    )
    const clockWasSet =
      clock.errorMs <= tolerableClockErrorMs
        ? []
        : [`the wall clock moved by ${clock.errorMs.toFixed(0)} ms against the monotonic one during the run`]
    return findings(name, 'harness', [...byThemselves, ...clockWasSet])
  },
}
