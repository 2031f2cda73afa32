// Replays histories in one child for a whole campaign: loading the SDK's native core costs more than a replay.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ChaosError } from '../errors.ts'
import type { WorkflowRun } from '../record/history-capture.ts'
import type { HistoryEvent } from '../record/history-event.ts'
import type { Session, Spawned } from '../stack/session.ts'
import { replayAnswerSchema, type ReplayRequest } from './replay-protocol.ts'

const child = fileURLToPath(new URL('replay-child.ts', import.meta.url))

export class Replayer implements AsyncDisposable {
  readonly #process: Spawned
  readonly #bundle: string
  readonly #waiting = new Map<number, PromiseWithResolvers<string | null>>()
  #requests = 0

  private constructor(process: Spawned, bundle: string) {
    this.#process = process
    this.#bundle = bundle
    void this.#listen()
  }

  static async open(session: Session, bundle: string): Promise<Replayer> {
    const logFile = path.join(session.folder, 'replay.log')
    return new Replayer(await session.spawn(process.execPath, [child], { ipc: true, logFile }), bundle)
  }

  /**
   * Null where the code of the bundle comes to the same commands from the history alone, else why not.
   * @throws ChaosError `CHAOS_REPLAY_UNAVAILABLE` where the replaying child is gone
   */
  async replay(run: WorkflowRun, events: readonly HistoryEvent[]): Promise<string | null> {
    if (this.#process.exit !== null) throw this.#gone()
    const answer = Promise.withResolvers<string | null>()
    const id = (this.#requests += 1)
    this.#waiting.set(id, answer)
    const request: ReplayRequest = {
      id,
      bundle: this.#bundle,
      workflowId: run.workflowId,
      history: { events: [...events] },
    }
    await this.#process.subprocess.sendMessage?.(request)
    return answer.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.signal('SIGKILL')
    await this.#process.exited
  }

  async #listen(): Promise<void> {
    try {
      for await (const message of this.#process.subprocess.getEachMessage?.() ?? []) {
        const { id, error } = replayAnswerSchema.parse(message)
        this.#waiting.get(id)?.resolve(error)
        this.#waiting.delete(id)
      }
    } catch (thrown) {
      this.#giveUp(thrown)
    }
    this.#giveUp(undefined)
  }

  #giveUp(cause: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(this.#gone(cause))
    this.#waiting.clear()
  }

  #gone(cause?: unknown): ChaosError {
    return new ChaosError('the process that replays histories ended', {
      code: 'CHAOS_REPLAY_UNAVAILABLE',
      cause,
    })
  }
}
