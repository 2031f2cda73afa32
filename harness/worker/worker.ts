// One worker of a run: started, struck and started again. Each start is an incarnation with a number, a pid and a log
// file of its own. The service decides who it is: the identities of its pollers are learnt, never dictated.
import path from 'node:path'
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import type { Profile } from '../config/profiles.ts'
import { unproven } from '../processes/process-tree.ts'
import type { Exit } from '../processes/session.ts'
import type { Watched } from '../processes/watched.ts'
import type { EffectSender } from '../record/effect.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { ClockOffset } from '../temporal/clock-offset.ts'
import type { Observer } from '../temporal/observer.ts'
import { untilPolling, type PolledQueue } from '../temporal/pollers.ts'
import { deathOf, type Incarnation } from './incarnation.ts'
import type { WorkerLauncher } from './launcher.ts'
import { newcomers } from './newcomers.ts'
import { untilReady } from './readiness.ts'
import type { WorkerHost } from './worker-process.ts'
import type { StartOrder } from './start-order.ts'

export interface WorkerOptions {
  readonly name: string
  readonly launcher: WorkerLauncher
  readonly host: WorkerHost
  /** It is ready when new pollers poll all of these. */
  readonly taskQueues: readonly PolledQueue[]
  /** The ledger's URL for one incarnation of a worker. */
  readonly ledgerUrlFor: (sender: EffectSender) => string
  readonly profile: Profile
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** The task queues that the service has seen somebody poll, for errors. @default unknown */
  readonly polledAnywhere?: () => Promise<readonly string[]>
  /** All starts of this run's workers. */
  readonly incarnations: Incarnation[]
  /** Of the service; null if it has the clock of this machine. */
  readonly clockOffset: ClockOffset | null
  /** Common to the workers of this run. */
  readonly startOrder: StartOrder
}

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
      await incarnation.process.kill()
      await incarnation.watching
      await incarnation.process.closed
    }
  }

  async #startNow(deadline: Deadline): Promise<void> {
    const { recorder, observer, taskQueues, launcher, host, polledAnywhere } = this.#options
    deadline.signal.throwIfAborted()
    const isNew = await newcomers({ ...this.#options, queues: taskQueues, deadline })
    const incarnation = await this.#launch()
    const identities = await untilReady(incarnation, taskQueues, isNew, observer, deadline, {
      withinMs: launcher.readyWithinMs?.(this.name),
      polledAnywhere,
      address: host.temporalAddress,
    })
    incarnation.identities = identities
    recorder.mark({
      kind: 'incarnation',
      phase: 'ready',
      ...this.#entryOf(incarnation),
      identities,
      taskQueues: [...taskQueues],
    })
  }

  async #launch(): Promise<Incarnation> {
    const { launcher, host, taskQueues, observer, ledgerUrlFor, profile, recorder } = this.#options
    const number = this.#incarnations.length + 1
    const label = `${this.name}#${number}`
    const logFile = path.join(recorder.folder, 'logs', `${this.name}-${number}.log`)
    const process = await launcher.start({
      host,
      worker: this.name,
      incarnation: number,
      label,
      taskQueues,
      namespace: observer.namespace,
      ledgerUrl: ledgerUrlFor({ worker: this.name, incarnation: number }),
      profile,
      logFile,
    })
    const watching = Promise.resolve()
    const incarnation = { number, label, process, logFile, identities: [], exitExpected: false, watching }
    this.#incarnations.push(incarnation)
    this.#options.incarnations.push(incarnation)
    recorder.mark({ kind: 'incarnation', phase: 'spawned', ...this.#entryOf(incarnation) })
    incarnation.watching = this.#watch(incarnation)
    return incarnation
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
