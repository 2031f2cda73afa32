// Server timestamps are placed on the run's clock by the wall clock. If somebody sets the wall clock during
// the run, no figure means anything.
import { observationsOf } from '../record/record.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

/** A larger error would make the figures useless. */
const tolerableErrorMs = 50

export const clock: Check = {
  name: 'clock',
  promise: 'Nobody set the wall clock during the run.',
  judge({ record }) {
    const compared = observationsOf(record, 'clock').at(-1)
    if (compared === undefined) return notChecked('the clocks were not compared')
    const { errorMs } = compared
    if (errorMs <= tolerableErrorMs) return checked([])
    const moved = `the wall clock moved by ${errorMs.toFixed(0)} ms against the monotonic one during the run`
    return checked(findings('harness', [moved]))
  },
}
