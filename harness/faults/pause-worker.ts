// A worker is frozen: it holds its connections and its tasks, and does nothing, until it is resumed.
import type { Worker } from '../worker/worker.ts'
import type { Fault } from './fault.ts'
import { whyNotUp } from './worker-end.ts'

export function pauseWorker(worker: Worker): Fault {
  const { identity, life } = worker.current
  return {
    kind: 'pause-worker',
    target: { kind: 'worker', name: identity },
    effect: 'frozen',
    available: () => whyNotUp(worker.current),
    inject: () => life.pause(),
    async heal() {
      if (life.exit === null) await life.resume()
    },
  }
}
