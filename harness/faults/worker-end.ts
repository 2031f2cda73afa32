// What the ends of a worker have in common.
import type { Evidence } from '../record/evidence.ts'
import type { Exit } from '../stack/session.ts'
import type { Worker } from '../worker/worker.ts'

export function whyNotUp(worker: Worker): string | null {
  return worker.isUp ? null : `worker ${worker.name} is not running`
}

/** The parent's own view of the end: the exit that the kernel reported for the child. */
export function endOf(worker: Worker, exit: Exit): Evidence {
  return { pid: worker.current.process.pid, exitSignal: exit.signal, exitCode: exit.code }
}
