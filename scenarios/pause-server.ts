import { defineScenario } from 'temporal-chaos'
import { freezeWithWorkInFlight } from './shared/freeze.ts'

export default defineScenario({
  name: 'pause-server',
  promise: 'A server that freezes for three seconds goes on with everything in flight.',
  isolation: 'own-cluster',
  run: (run) => freezeWithWorkInFlight(run, run.server),
})
