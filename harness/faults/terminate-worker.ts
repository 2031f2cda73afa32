// SIGTERM to a worker, as an orchestrator sends it at a deployment: the worker may finish what it has.
import type { Incarnation } from '../worker/incarnation.ts'
import type { Worker } from '../worker/worker.ts'
import { nothingToHeal, type Fault } from './fault.ts'
import { faultOfWorker } from './worker-fault.ts'

export interface TerminateOptions {
  /** How long the worker may take to leave. @default 10_000 */
  readonly graceMs?: number
  /** @default the newest */
  readonly incarnation?: Incarnation
}

export function terminateWorker(worker: Worker, options: TerminateOptions = {}): Fault {
  const { graceMs = 10_000, incarnation = worker.current } = options
  return {
    ...faultOfWorker(incarnation, 'terminate-worker'),
    async inject() {
      await incarnation.process.signal('SIGTERM')
      await worker.exited(graceMs, incarnation)
      return incarnation.process.endEvidence()
    },
    heal: nothingToHeal,
  }
}
