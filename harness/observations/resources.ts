// What each process used of the machine at most during the run.
import { always, type Observation } from './observation.ts'

export const resources: Observation = {
  kind: 'resources',
  available: always,
  async observe({ recorder, resources }) {
    recorder.observe({ kind: 'resources', resources: [...resources] })
  },
}
