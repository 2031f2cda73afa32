// What the ends of a worker have in common.
import type { Evidence } from '../record/evidence.ts'
import type { Exit } from '../stack/session.ts'
import type { Incarnation } from '../worker/worker.ts'

export function whyNotUp({ identity, process }: Incarnation): string | null {
  return process.exit === null ? null : `${identity} is not running`
}

/** The parent's own view of the end: the exit that the kernel reported for the child. */
export function endOf({ process }: Incarnation, exit: Exit): Evidence {
  return { pid: process.pid, exitSignal: exit.signal, exitCode: exit.code }
}
