// How far the wall clock and the monotonic clock drifted apart during the run. Server timestamps are off by that much.
// It is the last observation, so it also says how much there is to be read.
import { always, type Observation } from './observation.ts'

export const clock: Observation = {
  kind: 'clock',
  available: always,
  async observe({ recorder, clock }) {
    recorder.observe({ kind: 'clock', errorMs: clock.errorMs(), written: recorder.counts.written })
  },
}
