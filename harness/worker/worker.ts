// One worker of a run: started, struck and started again. Each start is an incarnation with a number, an identity,
// a pid and a log file of its own.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import type { Observer } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Exit } from '../processes/session.ts'
import type { Watched } from '../processes/watched.ts'
import { launchNodeWorker, type Launch, type WorkerEnvironment } from './launchers/node-bundle.ts'
import { isPolling, pollEveryMs, untilPolling } from '../temporal/pollers.ts'
import type { WorkerHost, WorkerProcess } from './worker-process.ts'

export interface WorkerOptions {
  readonly name: string
  readonly host: WorkerHost
  readonly observer: Observer
  readonly recorder: RunRecorder
  readonly environment: WorkerEnvironment
  /** @default launchNodeWorker */
  readonly launch?: (environment: WorkerEnvironment, identity: string, incarnation: number) => Launch
}

export interface Incarnation {
  readonly number: number
  readonly identity: string
  readonly life: WorkerProcess
  /** Its end is the harness's doing. */
  exitExpected: boolean
  /** Done once its exit is on the timeline. */
  watching: Promise<void>
}

const readyWithinMs = 20_000
const exitWithinMs = 5_000

export class Worker implements AsyncDisposable {
  readonly name: string
  readonly #options: WorkerOptions
  readonly #died = new AbortController()
  readonly #incarnations: Incarnation[] = []

  constructor(options: WorkerOptions) {
    this.name = options.name
    this.#options = options
  }

  /** The newest incarnation. @throws ChaosError `CHAOS_WORKER_NOT_STARTED` */
  get current(): Incarnation {
    const newest = this.#incarnations.at(-1)
    if (newest !== undefined) return newest
    throw new ChaosError(`worker ${this.name} was never started`, { code: 'CHAOS_WORKER_NOT_STARTED' })
  }

  /** The incarnation before the newest. @throws ChaosError `CHAOS_WORKER_NOT_STARTED` where there is none */
  get previous(): Incarnation {
    const before = this.#incarnations.at(-2)
    if (before !== undefined) return before
    throw new ChaosError(`worker ${this.name} was never replaced`, { code: 'CHAOS_WORKER_NOT_STARTED' })
  }

  incarnationOf(identity: string): Incarnation | undefined {
    return this.#incarnations.find((one) => one.identity === identity)
  }

  get isUp(): boolean {
    return this.#incarnations.at(-1)?.life.exit === null
  }

  /** What of it is up and uses CPU and memory: each incarnation that lives, under the one name. */
  get watched(): Watched[] {
    return this.#incarnations.flatMap(({ life }) => (life.exit === null ? [life.watched(this.name)] : []))
  }

  /** Aborted with `CHAOS_WORKER_DIED` when it ends without the harness's doing. */
  get health(): AbortSignal {
    return this.#died.signal
  }

  /**
   * Starts the next incarnation and waits until the service lists it as a poller.
   * @throws ChaosError `CHAOS_WORKER_NOT_READY` or `CHAOS_WORKER_DIED` (kind harness), with the end of its log
   */
  async start(deadline: Deadline): Promise<void> {
    if (this.isUp) throw new ChaosError(`worker ${this.name} is already up`, { code: 'CHAOS_WORKER_UP' })
    await this.startNext(deadline)
  }

  /** As `start`, while the incarnation before may still be up: two share the work until one leaves. */
  async startNext(deadline: Deadline): Promise<void> {
    const { host, observer, recorder, environment, launch = launchNodeWorker } = this.#options
    const number = this.#incarnations.length + 1
    const identity = `${this.name}#${number}`
    const logFile = this.#logFile(number)
    const life = await host.start(launch(environment, identity, number), logFile)
    const incarnation: Incarnation = {
      number,
      identity,
      life,
      exitExpected: false,
      watching: Promise.resolve(),
    }
    this.#incarnations.push(incarnation)
    const started = { worker: this.name, incarnation: number, identity, pid: life.pid }
    recorder.mark({ kind: 'incarnation', phase: 'spawned', ...started })
    incarnation.watching = this.#watch(incarnation)
    await deadline.within(readyWithinMs).poll(
      async (signal) => {
        this.#died.signal.throwIfAborted()
        if (life.exit !== null) throw await this.#deathOf(incarnation)
        return (await isPolling(observer, environment.taskQueue, identity, signal)) ? true : undefined
      },
      {
        what: `worker ${identity} to poll ${environment.taskQueue}`,
        everyMs: pollEveryMs,
        code: 'CHAOS_WORKER_NOT_READY',
        hint: `Its log is ${logFile}.`,
        stopOn: (thrown) => thrown instanceof ChaosError && thrown.code === 'CHAOS_WORKER_DIED',
      },
    )
    recorder.mark({ kind: 'incarnation', phase: 'ready', ...started })
  }

  /** Notes when the service lists the newest incarnation as a poller. @throws as `untilPolling` does */
  async notePolling(deadline: Deadline): Promise<void> {
    const { observer, recorder, environment } = this.#options
    const { identity } = this.current
    await untilPolling(observer, environment.taskQueue, identity, deadline)
    recorder.mark({ kind: 'polling', worker: this.name, identity })
  }

  /** From here on its end is the harness's doing. */
  markExitExpected(incarnation: Incarnation = this.current): void {
    incarnation.exitExpected = true
  }

  /**
   * An incarnation's exit, once that is on the timeline.
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where it goes on living
   */
  async exited(withinMs = exitWithinMs, incarnation: Incarnation = this.current): Promise<Exit> {
    const { life, identity, watching } = incarnation
    const exit = watching.then(() => life.exited)
    return Deadline.after(withinMs).race(exit, {
      what: `worker ${identity} (pid ${life.pid}) to exit`,
      code: 'CHAOS_FAULT_UNPROVEN',
      kind: 'assumption',
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const incarnation of this.#incarnations) {
      this.markExitExpected(incarnation)
      await incarnation.life.signal('SIGKILL')
      await incarnation.watching
      await incarnation.life.closed
    }
  }

  #logFile(incarnation: number): string {
    return path.join(this.#options.recorder.folder, 'logs', `${this.name}-${incarnation}.log`)
  }

  async #watch(incarnation: Incarnation): Promise<void> {
    const { number, identity, life } = incarnation
    const { code, signal } = await life.exited
    const planned = incarnation.exitExpected
    this.#options.recorder.mark({
      kind: 'exited',
      worker: this.name,
      incarnation: number,
      identity,
      pid: life.pid,
      exit: { code, signal },
      planned,
    })
    if (!planned) this.#died.abort(await this.#deathOf(incarnation))
  }

  async #deathOf({ number, identity, life }: Incarnation): Promise<ChaosError> {
    const exit = await life.exited
    await life.closed
    const log = await readFile(this.#logFile(number), 'utf8').catch((thrown: unknown) => String(thrown))
    const tail = log.trimEnd().split('\n').slice(-20).join('\n')
    const how = exit.signal ?? `exit code ${exit.code ?? 'unknown'}`
    return new ChaosError(`worker ${identity} (pid ${life.pid}) ended by itself: ${how}\n${tail}`, {
      code: 'CHAOS_WORKER_DIED',
      hint: `Its log is ${this.#logFile(number)}.`,
    })
  }
}
