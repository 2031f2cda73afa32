// Workers as local processes.
import { Deadline } from '../../core/deadline.ts'
import type { Evidence } from '../../record/evidence.ts'
import { processTable } from '../../processes/process-table.ts'
import type { Session, Spawned } from '../../processes/session.ts'
import { compileCache } from '../compile-cache.ts'
import type { WorkerHost, WorkerProcess } from '../worker-process.ts'

const loopback = '127.0.0.1'
const pausedWithinMs = 2_000

export function processHost(session: Session, temporalAddress: string): WorkerHost {
  return {
    harnessAddress: loopback,
    listenOn: loopback,
    temporalAddress,
    async start({ file, args, env, files }, logFile) {
      const all = { ...compileCache(), ...env, ...files }
      return workerProcessOf(await session.spawn(file, args, { env: all, logFile }))
    },
  }
}

function workerProcessOf(spawned: Spawned): WorkerProcess {
  const { pid, exited } = spawned
  return {
    pid,
    get exit() {
      return spawned.exit
    },
    exited,
    closed: exited.then(() => undefined),
    watched: (name) => ({ name, pid }),
    signal: async (signal) => spawned.signal(signal),
    async pause(): Promise<Evidence> {
      spawned.signal('SIGSTOP')
      const state = await Deadline.after(pausedWithinMs).poll(async () => stoppedState(pid), {
        what: `process ${pid} to be stopped`,
        everyMs: 5,
        code: 'CHAOS_FAULT_UNPROVEN',
        kind: 'assumption',
      })
      return { pid, state }
    },
    resume: async () => spawned.signal('SIGCONT'),
    async endEvidence(): Promise<Evidence> {
      const { signal, code } = await exited
      // The parent's own view of the end: the exit that the kernel reported for the child.
      return { pid, exitSignal: signal, exitCode: code }
    },
  }
}

/** Undefined while the kernel does not show it stopped. */
function stoppedState(pid: number): 'T' | undefined {
  return processTable().find((row) => row.pid === pid)?.state === 'T' ? 'T' : undefined
}
