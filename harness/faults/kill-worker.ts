// SIGKILL to a worker: it gets no chance to say goodbye to anybody.
import type { Worker } from '../worker/worker.ts'
import { nothingToUndo, type Fault } from './fault.ts'
import { endOf, whyNotUp } from './worker-end.ts'

export function killWorker(worker: Worker): Fault {
  return {
    name: 'kill-worker',
    target: worker.current.identity,
    available: () => whyNotUp(worker.current),
    async inject() {
      worker.expectEnd()
      worker.signal('SIGKILL')
      return endOf(worker.current, await worker.exited())
    },
    // A dead worker stays dead, and the run's end removes whatever it left.
    undo: nothingToUndo,
  }
}
