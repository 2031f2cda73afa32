// SIGTERM to a worker, as an orchestrator does at a deployment: it may drain for the grace time.
import type { Incarnation, Worker } from '../worker/worker.ts'
import { nothingToHeal, type Fault } from './fault.ts'
import { whyNotUp } from './worker-end.ts'

export interface TerminateOptions {
  /** How long it may take to leave. @default 10_000 */
  readonly graceMs?: number
  /** Which of its incarnations. @default the newest */
  readonly incarnation?: Incarnation
}

export function terminateWorker(worker: Worker, options: TerminateOptions = {}): Fault {
  const { graceMs = 10_000, incarnation = worker.current } = options
  return {
    kind: 'terminate-worker',
    target: { kind: 'worker', name: incarnation.identity },
    effect: 'stopped',
    available: () => whyNotUp(incarnation),
    async inject() {
      worker.markExitExpected(incarnation)
      await worker.signal('SIGTERM', incarnation)
      await worker.exited(graceMs, incarnation)
      return incarnation.life.endEvidence()
    },
    heal: nothingToHeal,
  }
}
