// SIGTERM to a worker, as an orchestrator sends it at a deployment: the worker may finish what it has.
import { leavesWithin, type Incarnation } from '../worker/incarnation.ts'
import type { Worker } from '../worker/worker.ts'
import { nothingToHeal, type Fault } from './fault.ts'
import { faultOfWorker } from './worker-fault.ts'

export interface TerminateOptions {
  /** How long the worker may take to leave, before SIGKILL ends it. @default 10_000 */
  readonly graceMs?: number
  /** @default the newest */
  readonly incarnation?: Incarnation
}

export function terminateWorker(worker: Worker, options: TerminateOptions = {}): Fault {
  const { graceMs = 10_000, incarnation = worker.current } = options
  return {
    ...faultOfWorker(incarnation, 'terminate-worker'),
    async inject() {
      const { process } = incarnation
      await process.signal('SIGTERM')
      const forced = !(await leavesWithin(incarnation, graceMs))
      if (forced) await process.kill()
      await worker.exited(incarnation)
      return { ...(await process.endEvidence()), forced }
    },
    heal: nothingToHeal,
  }
}
