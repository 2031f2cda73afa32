// The worker of the controls: the ordinary one, with broken activities beside its own.
import { runWorker } from '../../fixtures/run-worker.ts'
import { createControlActivities } from './activities.ts'

await runWorker(createControlActivities)
