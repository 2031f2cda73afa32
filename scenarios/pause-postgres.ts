import { defineScenario } from 'temporal-chaos'
import { freezeWithWorkInFlight } from './shared/freeze.ts'

export default defineScenario({
  name: 'pause-postgres',
  promise: 'A database that freezes for three seconds holds everything up and loses nothing.',
  isolation: 'own-cluster',
  run: (run) => freezeWithWorkInFlight(run, run.postgres),
})
