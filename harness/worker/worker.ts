// One worker of a run: started, struck and started again. Each start is an incarnation with a number, a pid and a log
// file of its own. The service decides who it is: the identities of its pollers are learnt, never dictated.
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import { unproven } from '../processes/process-tree.ts'
import type { Exit } from '../processes/session.ts'
import type { Watched } from '../processes/watched.ts'
import { untilPolling, type PolledQueue } from '../temporal/pollers.ts'
import { deathOf, type Incarnation } from './incarnation.ts'
import { newcomers } from './newcomers.ts'
import { identitiesOnceReady, launchIncarnation } from './start-incarnation.ts'
import type { WorkerOptions } from './worker-options.ts'

const exitWithinMs = 15_000

export class Worker implements AsyncDisposable {
  readonly name: string
  readonly taskQueues: readonly PolledQueue[]
  readonly #options: WorkerOptions
  readonly #died = new AbortController()
  readonly #incarnations: Incarnation[] = []

  constructor(options: WorkerOptions) {
    this.name = options.name
    this.taskQueues = options.taskQueues
    this.#options = options
  }

  /** The newest incarnation. @throws ChaosError `CHAOS_WORKER_NOT_STARTED` */
  get current(): Incarnation {
    const newest = this.#incarnations.at(-1)
    if (newest !== undefined) return newest
    throw new ChaosError(`worker ${this.name} was never started`, { code: 'CHAOS_WORKER_NOT_STARTED' })
  }

  /** The incarnation before the newest. @throws ChaosError `CHAOS_WORKER_NOT_STARTED` if there is none */
  get previous(): Incarnation {
    const before = this.#incarnations.at(-2)
    if (before !== undefined) return before
    throw new ChaosError(`worker ${this.name} was never replaced`, { code: 'CHAOS_WORKER_NOT_STARTED' })
  }

  incarnationOf(label: string): Incarnation | undefined {
    return this.#incarnations.find((one) => one.label === label)
  }

  get isUp(): boolean {
    return this.#incarnations.at(-1)?.process.exit === null
  }

  /** What of it is up and uses CPU and memory: each incarnation that lives, under the one name. */
  get watched(): Watched[] {
    return this.#incarnations.flatMap(({ process }) =>
      process.exit === null ? [process.watched(this.name)] : [],
    )
  }

  /** Aborted with `CHAOS_WORKER_DIED` when it ends without the harness's doing. */
  get health(): AbortSignal {
    return this.#died.signal
  }

  /**
   * Starts the next incarnation and waits until the service lists new pollers of it.
   * @throws ChaosError `CHAOS_WORKER_NOT_READY` at the deadline, `CHAOS_WORKER_DIED` with the end of its log
   */
  async start(deadline: Deadline): Promise<void> {
    if (this.isUp) throw new ChaosError(`worker ${this.name} is already up`, { code: 'CHAOS_WORKER_UP' })
    await this.startNext(deadline)
  }

  /** As `start`, while the incarnation before may still be up: two share the work until one leaves. */
  async startNext(deadline: Deadline): Promise<void> {
    const names = this.taskQueues.map(({ name }) => name)
    await this.#options.startOrder.after(names, () => this.#startNow(deadline))
  }

  /** Notes when the service lists the newest incarnation as a poller. @throws as `untilPolling` does */
  async notePolling(deadline: Deadline): Promise<void> {
    const { observer, recorder, taskQueues } = this.#options
    const { label, identities } = this.current
    await untilPolling(observer, taskQueues, identities, deadline)
    recorder.mark({ kind: 'polling', worker: this.name, identity: label })
  }

  /** From here on its end is the harness's doing. */
  markExitExpected(incarnation: Incarnation = this.current): void {
    incarnation.exitExpected = true
  }

  /**
   * An incarnation's exit, once that is on the timeline.
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` if it goes on living
   */
  async exited(incarnation: Incarnation = this.current): Promise<Exit> {
    const { process, label, watching } = incarnation
    const exit = watching.then(() => process.exited)
    return Deadline.after(exitWithinMs).race(exit, unproven(`worker ${label} (pid ${process.pid}) to exit`))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const incarnation of this.#incarnations) {
      this.markExitExpected(incarnation)
      await incarnation.process.release()
      if (incarnation.process.exit === null) {
        this.#options.recorder.mark({ kind: 'left', ...this.#entryOf(incarnation) })
        continue
      }
      await incarnation.watching
      await incarnation.process.closed
    }
  }

  async #startNow(deadline: Deadline): Promise<void> {
    const { launcher } = this.#options
    deadline.signal.throwIfAborted()
    const isNew = await newcomers({ ...this.#options, queues: this.taskQueues, deadline })
    const readyWithinMs = launcher.readyWithinMs?.(this.name)
    const within = readyWithinMs === undefined ? deadline : deadline.within(readyWithinMs)
    for (;;) {
      const incarnation = await launchIncarnation(this.#options, this.#incarnations.length + 1, deadline)
      // What runs already may have ended in vain until the cluster was there: it has begun once it is ready.
      const hasBegun = incarnation.process.attached?.wasRunning !== true
      if (hasBegun) this.#begin(incarnation)
      try {
        incarnation.identities = await identitiesOnceReady(this.#options, incarnation, isNew, within)
      } catch (thrown) {
        if (!hasBegun && isDeath(thrown) && within.remainingMs > 0) {
          await incarnation.process.release()
          continue
        }
        if (!hasBegun) this.#begin(incarnation)
        throw thrown
      }
      if (!hasBegun) this.#begin(incarnation)
      this.#markReady(incarnation)
      return
    }
  }

  #begin(incarnation: Incarnation): void {
    const { recorder, incarnations } = this.#options
    this.#incarnations.push(incarnation)
    incarnations.push(incarnation)
    const { attached } = incarnation.process
    recorder.mark({
      kind: 'incarnation',
      phase: 'spawned',
      ...this.#entryOf(incarnation),
      ...(attached === null ? {} : { isAttached: true }),
    })
    incarnation.watching = this.#watch(incarnation)
  }

  #markReady(incarnation: Incarnation): void {
    const { recorder, taskQueues } = this.#options
    const identities = [...incarnation.identities]
    const ready = { ...this.#entryOf(incarnation), identities, taskQueues: [...taskQueues] }
    recorder.mark({ kind: 'incarnation', phase: 'ready', ...ready })
  }

  #entryOf({ number, label, process }: Incarnation) {
    return { worker: this.name, incarnation: number, identity: label, pid: process.pid }
  }

  async #watch(incarnation: Incarnation): Promise<void> {
    const { code, signal } = await incarnation.process.exited
    const planned = incarnation.exitExpected
    const entry = this.#entryOf(incarnation)
    this.#options.recorder.mark({ kind: 'exited', ...entry, exit: { code, signal }, planned })
    if (!planned) this.#died.abort(await deathOf(incarnation))
  }
}

function isDeath(thrown: unknown): boolean {
  return thrown instanceof ChaosError && thrown.code === 'CHAOS_WORKER_DIED'
}
