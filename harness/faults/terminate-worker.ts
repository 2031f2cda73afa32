// SIGTERM to a worker, as an orchestrator does at a deployment: it may drain for the grace time.
import type { Worker } from '../worker/worker.ts'
import { nothingToUndo, type Fault } from './fault.ts'
import { endOf, whyNotUp } from './worker-end.ts'

export interface TerminateOptions {
  /** How long it may take to leave. @default 10_000 */
  readonly graceMs?: number
}

export function terminateWorker(worker: Worker, { graceMs = 10_000 }: TerminateOptions = {}): Fault {
  return {
    name: 'terminate-worker',
    target: worker.current.identity,
    available: () => whyNotUp(worker),
    async inject() {
      worker.expectEnd()
      worker.signal('SIGTERM')
      return endOf(worker, await worker.exited(graceMs))
    },
    undo: nothingToUndo,
  }
}
