// SIGKILL to a worker: it cannot say goodbye to anybody.
import type { Incarnation } from '../worker/incarnation.ts'
import type { Worker } from '../worker/worker.ts'
import { nothingToHeal, type Fault } from './fault.ts'
import { faultOfWorker } from './worker-fault.ts'

/** A dead worker stays dead; the end of the run removes what it left. @param incarnation the newest by default */
export function killWorker(worker: Worker, incarnation: Incarnation = worker.current): Fault {
  return {
    ...faultOfWorker(incarnation, 'kill-worker'),
    async inject() {
      await incarnation.process.signal('SIGKILL')
      await worker.exited(undefined, incarnation)
      return incarnation.process.endEvidence()
    },
    heal: nothingToHeal,
  }
}
