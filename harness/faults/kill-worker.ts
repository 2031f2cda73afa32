// SIGKILL to a worker: it gets no chance to say goodbye to anybody.
import type { Worker } from '../worker/worker.ts'
import { nothingToHeal, type Fault } from './fault.ts'
import { whyNotUp } from './worker-end.ts'

export function killWorker(worker: Worker): Fault {
  return {
    kind: 'kill-worker',
    target: { kind: 'worker', name: worker.current.identity },
    effect: 'dead',
    available: () => whyNotUp(worker.current),
    async inject() {
      worker.markExitExpected()
      await worker.signal('SIGKILL')
      await worker.exited()
      return worker.current.life.endEvidence()
    },
    // A dead worker stays dead, and the run's end removes whatever it left.
    heal: nothingToHeal,
  }
}
