// The worker under test where no harness tells it anything: what is not set is filled in here. It stays one process.
import { hostname } from 'node:os'
import type { WorkerEnvironment } from 'temporal-chaos/worker'
import { profile } from './profile.ts'

const defaults: Partial<WorkerEnvironment> = {
  TEMPORAL_NAMESPACE: 'default',
  CHAOS_TASK_QUEUE: 'by-hand',
  // A container's own, so that several workers can be told apart.
  CHAOS_IDENTITY: hostname(),
  CHAOS_INCARNATION: '1',
  CHAOS_WORKFLOW_BUNDLE: '/app/bundle.js',
  CHAOS_WORKER_OPTIONS: JSON.stringify(profile().worker),
}
for (const [name, value] of Object.entries(defaults)) process.env[name] ||= value

await import('../../../fixtures/worker.ts')
