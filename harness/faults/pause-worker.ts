// SIGSTOP to a worker: it holds its connections and its tasks, and does nothing, until SIGCONT.
import { Deadline } from '../deadline.ts'
import { processTable } from '../stack/process-table.ts'
import type { Worker } from '../worker/worker.ts'
import type { Fault } from './fault.ts'
import { whyNotUp } from './worker-end.ts'

const provenWithinMs = 2_000

export function pauseWorker(worker: Worker): Fault {
  return {
    name: 'pause-worker',
    target: worker.current.identity,
    available: () => whyNotUp(worker.current),
    async inject() {
      const { pid } = worker.current.process
      worker.signal('SIGSTOP')
      const state = await Deadline.after(provenWithinMs).poll(
        async () => {
          const seen = processTable().find((row) => row.pid === pid)?.state
          return seen === 'T' ? seen : undefined
        },
        {
          what: `worker ${worker.current.identity} (pid ${pid}) to be stopped`,
          everyMs: 5,
          code: 'CHAOS_FAULT_UNPROVEN',
          kind: 'assumption',
        },
      )
      return { pid, state }
    },
    async undo() {
      if (worker.isUp) worker.signal('SIGCONT')
    },
  }
}
