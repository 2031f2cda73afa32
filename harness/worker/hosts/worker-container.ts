// A worker that is a container: with its main process, all others in it end.
import { monotonicMs } from '../../core/clock.ts'
import { ChaosError } from '../../core/errors.ts'
import { markHandled } from '../../core/mark-handled.ts'
import { callEngine, type EngineCall } from '../../containers/engine/call-engine.ts'
import { endOfContainer } from '../../containers/container-end.ts'
import { saveContainerLog } from '../../containers/container-log.ts'
import { usageOf } from '../../containers/container-usage.ts'
import { engineStatus } from '../../containers/engine/failures.ts'
import type { Exit } from '../../processes/session.ts'
import type { Evidence } from '../../record/evidence.ts'
import type { ProcessesSeen, WorkerProcess } from '../worker-process.ts'

/** @param asked a container that runs @param logFile its log goes there once it has ended */
export async function workerContainer(asked: EngineCall, logFile: string): Promise<WorkerProcess> {
  const { State } = await callEngine(asked, 'inspect', (one) => one.inspect())
  return new WorkerContainer(asked, State.Pid, logFile)
}

const nothingLeft: ProcessesSeen = { alive: 0, stopped: 0, pids: [] }

class WorkerContainer implements WorkerProcess {
  readonly pid: number
  readonly exited: Promise<Exit>
  readonly closed: Promise<void>
  readonly attached = null
  exit: Exit | null = null
  readonly #asked: EngineCall
  #isPaused = false
  #finishedAt: string | null = null

  constructor(asked: EngineCall, pid: number, logFile: string) {
    this.#asked = asked
    this.pid = pid
    this.exited = this.#ended()
    this.closed = markHandled(this.exited.then(() => this.#close(logFile)))
  }

  watched(name: string) {
    const { container } = this.#asked
    return { name, id: container.id, usage: () => usageOf(container) }
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    await callEngine(this.#asked, `send ${signal} to`, async (container) => {
      try {
        await container.kill({ signal })
      } catch (thrown) {
        // It has ended, and maybe is removed, and the news is on its way.
        if (![404, 409].includes(engineStatus(thrown) ?? 0)) throw thrown
      }
    })
  }

  /** With the main process of a container, all others in it end. */
  async look(): Promise<ProcessesSeen> {
    return callEngine(this.#asked, 'inspect', async (container) => {
      try {
        const { State } = await container.inspect()
        if (!State.Running) return nothingLeft
        return { alive: 1, stopped: State.Paused ? 1 : 0, pids: [State.Pid] }
      } catch (thrown) {
        if (engineStatus(thrown) === 404) return nothingLeft
        throw thrown
      }
    })
  }

  async kill(): Promise<Evidence> {
    await this.signal('SIGKILL')
    return this.#named()
  }

  async pause(): Promise<Evidence> {
    await callEngine(this.#asked, 'pause', (container) => container.pause())
    this.#isPaused = true
    const { State } = await callEngine(this.#asked, 'inspect', (container) => container.inspect())
    if (State.Paused) return { ...this.#named(), state: State.Status }
    throw new ChaosError(`the engine does not show the container paused: ${State.Status}`, {
      code: 'CHAOS_FAULT_UNPROVEN',
      kind: 'unmet',
    })
  }

  async resume(): Promise<void> {
    if (!this.#isPaused) return
    this.#isPaused = false
    await callEngine(this.#asked, 'unpause', (container) => container.unpause())
  }

  async endEvidence(): Promise<Evidence> {
    const { signal, code } = await this.exited
    return { ...this.#named(), exitSignal: signal, exitCode: code, finishedAt: this.#finishedAt }
  }

  async #ended(): Promise<Exit> {
    try {
      const { container } = this.#asked
      this.exit = await endOfContainer(container)
      this.#finishedAt = (
        await callEngine(this.#asked, 'inspect', () => container.inspect())
      ).State.FinishedAt
    } catch {
      // The engine is gone: the cluster's own containers tell of it. To this worker it is an end of an unknown kind.
      this.exit ??= { code: null, signal: null, atMs: monotonicMs() }
    }
    return this.exit
  }

  async #close(logFile: string): Promise<void> {
    await callEngine(this.#asked, 'give the log of', (container) => saveContainerLog(container, logFile))
    await callEngine(this.#asked, 'remove', (container) => container.remove({ force: true, v: true }))
  }

  async release(): Promise<void> {
    await this.kill()
    await this.closed
  }

  #named(): Evidence {
    return { container: this.#asked.container.id.slice(0, 12), pid: this.pid }
  }
}
