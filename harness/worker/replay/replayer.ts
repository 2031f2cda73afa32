// Replays histories in one child for a whole campaign: loading the SDK's native core costs more than a replay.
// One request at a time, so that a replay that never ends, and the child with it, is nobody's but its own run's.
import path from 'node:path'
import { execPath } from 'node:process'
import type { Deadline } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import { programBeside } from '../../core/program-beside.ts'
import type { HistoryEvent } from '../../history/event.ts'
import { logTail } from '../../processes/log-tail.ts'
import type { Session, Spawned } from '../../processes/session.ts'
import { compileCache } from '../compile-cache.ts'
import { makeWay } from './make-way.ts'
import {
  replayAnswerTo,
  type ReplayAnswer,
  type ReplayOutcome,
  type ReplayRequest,
} from './replay-protocol.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'

const child = programBeside('replay-child', import.meta.url)

/**
 * A child that holds more is replaced: it grew to 794 MB in 100 runs (SDK 1.24), and a soak would fill the
 * memory.
 */
const usualMostBytes = 500e6

export interface ReplayerOptions {
  /** File of a module that exports a `dataConverter`. @default the SDK's own */
  readonly dataConverter?: string | null
  /** @default 500 MB */
  readonly mostBytes?: number
}

export interface ReplayedHistory {
  readonly run: WorkflowRun
  readonly events: readonly HistoryEvent[]
}

export class Replayer implements AsyncDisposable {
  readonly #session: Session
  readonly #code: Pick<ReplayRequest, 'bundle' | 'dataConverter'>
  readonly #mostBytes: number
  #process: Spawned | undefined
  /** Resolves when the requests made so far have been answered or given up; never rejects. */
  #turn: Promise<unknown> = Promise.resolve()
  #requests = 0
  #starts = 0
  /** Of the newest child. */
  #logFile = ''

  private constructor(session: Session, bundle: string, options: ReplayerOptions) {
    this.#session = session
    this.#code = { bundle, dataConverter: options.dataConverter ?? null }
    this.#mostBytes = options.mostBytes ?? usualMostBytes
  }

  /** Starts its child already: it loads the SDK while the first run goes on. */
  static async open(session: Session, bundle: string, options: ReplayerOptions = {}): Promise<Replayer> {
    const replayer = new Replayer(session, bundle, options)
    await replayer.#living()
    return replayer
  }

  /**
   * For each history whether the code of the bundle comes to the same commands from it alone, in the order given: with the
   * same arguments, under other clocks, and from half of it.
   * @param namespace the one that the histories are of, which workflow code can see
   * @throws what the deadline's signal was aborted with; ChaosError `CHAOS_REPLAY_UNAVAILABLE` where none of them could be
   *   replayed, which says nothing about the code. The next request gets a child again, whatever came of this one
   */
  async replay(
    histories: readonly ReplayedHistory[],
    namespace: string,
    deadline: Deadline,
  ): Promise<ReplayOutcome[]> {
    const what = `the replay of ${histories.length} histories`
    const waiting = { what, code: 'CHAOS_REPLAY_UNAVAILABLE' } as const
    const before = this.#turn
    const { promise, resolve: leave } = Promise.withResolvers<void>()
    this.#turn = before.then(() => promise)
    try {
      await deadline.race(before, waiting)
      const inTime = (asked: Promise<ReplayAnswer>) => deadline.race(asked, waiting)
      const { outcomes } = await this.#answered({ namespace, histories: histories.map(asRequested) }, inTime)
      return histories.flatMap(({ run }) => outcomes.filter(({ runId }) => runId === run.runId))
    } finally {
      leave()
    }
  }

  /** The child's process id, for those who watch what it uses; null while none lives. */
  get pid(): number | null {
    return this.#process?.exit === null ? this.#process.pid : null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process?.signal('SIGKILL')
    await this.#process?.exited
  }

  async #living(): Promise<Spawned> {
    if (this.#process !== undefined && this.#process.exit === null) return this.#process
    this.#starts += 1
    this.#logFile = path.join(this.#session.folder, `replay-${this.#starts}.log`)
    const process = await this.#session.spawn(execPath, [child], {
      ipc: true,
      logFile: this.#logFile,
      env: compileCache(),
    })
    await makeWay(process)
    this.#process = process
    return this.#process
  }

  async #answered(
    wanted: Wanted,
    inTime: (asked: Promise<ReplayAnswer>) => Promise<ReplayAnswer>,
  ): Promise<ReplayAnswer> {
    const process = await this.#living()
    try {
      const answer = await inTime(this.#ask(process, wanted))
      if (answer.memoryBytes > this.#mostBytes) this.#giveUp(process)
      return answer
    } catch (thrown) {
      // Stuck or broken: nobody is to wait for this one again.
      this.#giveUp(process)
      throw await withLog(thrown, this.#logFile)
    }
  }

  #giveUp(process: Spawned): void {
    process.signal('SIGKILL')
    this.#process = undefined
  }

  async #ask({ subprocess }: Spawned, wanted: Wanted): Promise<ReplayAnswer> {
    const id = (this.#requests += 1)
    const request: ReplayRequest = { id, ...this.#code, ...wanted }
    try {
      const filter = (message: unknown) => replayAnswerTo(id, message) !== undefined
      const [message] = await Promise.all([
        subprocess.getOneMessage?.({ filter }),
        subprocess.sendMessage?.(request),
      ])
      const answer = replayAnswerTo(id, message)
      if (answer !== undefined) return answer
      throw new Error('there is no channel to it')
    } catch (cause) {
      throw new ChaosError('histories could not be replayed: the process that replays them ended', {
        code: 'CHAOS_REPLAY_UNAVAILABLE',
        cause,
      })
    }
  }
}

type Wanted = Pick<ReplayRequest, 'namespace' | 'histories'>

function asRequested({ run, events }: ReplayedHistory): ReplayRequest['histories'][number] {
  return { ...run, history: { events: [...events] } }
}

/** The log goes with the session: what failed quotes it. Nobody asks for it where the deadline's signal ended the replay. */
async function withLog(thrown: unknown, logFile: string): Promise<unknown> {
  if (!(thrown instanceof ChaosError) || thrown.code !== 'CHAOS_REPLAY_UNAVAILABLE') return thrown
  const { message, code, kind, cause } = thrown
  return new ChaosError(`${message}; the end of its log:\n${await logTail(logFile)}`, { code, kind, cause })
}
