// That the machine's load was observed. The figures themselves are written all along, to the stream `machine`.
import { availableParallelism } from 'node:os'
import type { Observation } from './observation.ts'

export const machine: Observation = {
  kind: 'machine',
  available: ({ machineUnobserved }) => machineUnobserved,
  async observe({ recorder }) {
    recorder.observe({ kind: 'machine', cores: availableParallelism() })
  },
}
