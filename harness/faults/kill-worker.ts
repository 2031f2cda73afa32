// SIGKILL to a worker and all that came from it: it cannot say goodbye to anybody.
import type { Incarnation } from '../worker/incarnation.ts'
import type { Worker } from '../worker/worker.ts'
import { nothingToHeal, type Fault } from './fault.ts'
import { faultOfWorker } from './worker-fault.ts'

/** A dead worker stays dead; the end of the run removes what it left. @param incarnation the newest by default */
export function killWorker(worker: Worker, incarnation: Incarnation = worker.current): Fault {
  return {
    ...faultOfWorker(incarnation, 'kill-worker'),
    async inject() {
      const { process } = incarnation
      const killed = await process.kill()
      await worker.exited(incarnation)
      return { ...killed, ...(await process.endEvidence()) }
    },
    heal: nothingToHeal,
  }
}
