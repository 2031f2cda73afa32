// SIGSTOP to a worker: it keeps its connections and its tasks, and does nothing until it is resumed.
import type { Incarnation } from '../worker/incarnation.ts'
import type { Worker } from '../worker/worker.ts'
import type { Fault } from './fault.ts'
import { faultOfWorker } from './worker-fault.ts'

/** @param incarnation the newest by default */
export function pauseWorker(worker: Worker, incarnation: Incarnation = worker.current): Fault {
  const { process } = incarnation
  return {
    ...faultOfWorker(incarnation, 'pause-worker'),
    inject: () => process.pause(),
    async heal() {
      if (process.exit === null) await process.resume()
    },
  }
}
