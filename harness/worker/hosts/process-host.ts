// Workers as local processes: the one that was started, and all that came from it.
import { Deadline } from '../../core/deadline.ts'
import type { Evidence } from '../../record/evidence.ts'
import { ProcessFamily } from '../../processes/process-family.ts'
import type { Session, Spawned } from '../../processes/session.ts'
import type { WorkerHost, WorkerProcess } from '../worker-process.ts'

const loopback = '127.0.0.1'
const shownWithinMs = 5_000

export function processHost(session: Session, temporalAddress: string): WorkerHost {
  return {
    harnessAddress: loopback,
    listenOn: loopback,
    temporalAddress,
    async start({ file, args, env, cwd, files }, logFile) {
      const family = new ProcessFamily()
      const all = { ...env, ...files, ...family.env }
      const spawned = await session.spawn(file, args, {
        env: all,
        logFile,
        ...(cwd === undefined ? {} : { cwd }),
      })
      family.add(spawned.pid)
      return workerProcessOf(spawned, family)
    },
  }
}

function workerProcessOf(spawned: Spawned, family: ProcessFamily): WorkerProcess {
  const { pid, exited } = spawned
  async function kill(): Promise<Evidence> {
    const killed = family.kill()
    await family.gone(Deadline.after(shownWithinMs))
    return { pid, processes: killed.length }
  }
  return {
    pid,
    attached: null,
    get exit() {
      return spawned.exit
    },
    exited,
    closed: exited.then(() => undefined),
    watched: (name) => ({ name, pid }),
    look: async () => family.look(),
    signal: async (signal) => family.signal(signal),
    kill,
    async release() {
      await kill()
      await exited
    },
    async pause(): Promise<Evidence> {
      const { alive } = await family.signalUntilShown('SIGSTOP', Deadline.after(shownWithinMs))
      return { pid, processes: alive, state: 'T' }
    },
    async resume() {
      await family.signalUntilShown('SIGCONT', Deadline.after(shownWithinMs))
    },
    async endEvidence(): Promise<Evidence> {
      const { signal, code } = await exited
      // The parent's own view of the end: the exit that the kernel reported for the child.
      return { pid, exitSignal: signal, exitCode: code }
    },
  }
}
