// A service of a cluster that is a local process: kill, stop, start, pause and resume it, each with proof from outside,
// and tell of a death that nobody asked for.
import { monotonicMs } from '../../../core/clock.ts'
import { Deadline } from '../../../core/deadline.ts'
import { ChaosError } from '../../../core/errors.ts'
import type { Evidence } from '../../../record/evidence.ts'
import type { Exit, Spawned } from '../../../processes/session.ts'
import { backends } from '../../../config/backends.ts'
import { ServiceState, type State } from '../../service/service-state.ts'
import { asPrevious, round, since } from '../../service/figures.ts'
import { discard, endedOtherwise, exitsWithin } from './process-end.ts'
import type { ServiceProgram } from './service-program.ts'
import { isRefused } from '../../service/port-probe.ts'
import {
  gone,
  killTree,
  livingTree,
  signalTreeUntilShown,
  unproven,
} from '../../../processes/process-tree.ts'
import { startOrder, type Service } from '../../service.ts'

const proofMs = 5_000
const defaultGraceMs = 10_000

export class ProcessService implements Service, AsyncDisposable {
  readonly #program: ServiceProgram
  /** The process from its spawn until it is struck down or found dead. */
  #child: Spawned | undefined
  readonly #state: ServiceState
  #lastPid: number | null = null
  #said: Evidence = {}

  constructor(program: ServiceProgram) {
    this.#program = program
    this.#state = new ServiceState(program.name)
  }

  get name(): Service['name'] {
    return this.#program.name
  }

  get startOrder(): number {
    return startOrder[this.name]
  }

  /** The main process; null while it is down. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  get isUp(): boolean {
    return this.#child !== undefined
  }

  startDelayMs(outageMs: number): number {
    return this.#state.startDelayMs(outageMs)
  }

  get isPaused(): boolean {
    return this.#state.is('paused')
  }

  get isDisconnected(): boolean {
    return false
  }

  async kill(): Promise<Evidence> {
    const child = this.#takeDown('kill')
    const deadline = Deadline.after(proofMs)
    const rows = killTree(child.pid)
    return { pid: child.pid, processes: rows.length, ...(await this.#down(child, rows, deadline, 'SIGKILL')) }
  }

  async stop(graceMs: number = defaultGraceMs): Promise<Evidence> {
    const child = this.#takeDown('stop')
    const asked = livingTree(child.pid)
    child.signal(this.#program.stopSignal)
    const forced = !(await exitsWithin(child, graceMs))
    const rows = forced ? killTree(child.pid) : asked
    const down = await this.#down(child, rows, Deadline.after(proofMs))
    return { pid: child.pid, processes: rows.length, asked: this.#program.stopSignal, forced, ...down }
  }

  async start(onServing?: (evidence: Evidence) => void): Promise<Evidence> {
    this.#state.allow('start', 'down')
    this.#state.turn('starting')
    return this.#serve(onServing)
  }

  async pause(): Promise<Evidence> {
    const { pid } = this.#standing('pause', 'up')
    this.#state.turn('paused', monotonicMs())
    const rows = await signalTreeUntilShown(pid, 'SIGSTOP', Deadline.after(proofMs))
    return { pid, processes: rows.length, state: 'T', shownMs: since(this.#state.sinceMs) }
  }

  async resume(): Promise<Evidence> {
    const { pid } = this.#standing('resume', 'paused')
    this.#state.turn('up')
    const rows = await signalTreeUntilShown(pid, 'SIGCONT', Deadline.after(proofMs))
    return { pid, processes: rows.length, stateWas: 'T', pausedMs: since(this.#state.sinceMs) }
  }

  async disconnect(): Promise<Evidence> {
    throw this.#hasNoNetwork()
  }

  async reconnect(): Promise<Evidence> {
    throw this.#hasNoNetwork()
  }

  /** Ends it for good and fast, whatever it is doing. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#state.turn('discarded')
    if (this.#child) await discard(this.#child, this.#program.discardSignal)
  }

  /** Spawns it and waits until it serves and has settled; a process that does not is not left behind. */
  async #serve(onServing: (evidence: Evidence) => void = () => undefined): Promise<Evidence> {
    const before = this.#said
    let child: Spawned | undefined
    let evidence: Evidence
    try {
      child = await this.#program.spawn()
      this.#child = child
      this.#said = await this.#program.serving(child)
      this.#state.turn('up')
      evidence = this.#started(child, before)
      onServing(evidence)
      await this.#program.settled?.(child)
    } catch (thrown) {
      if (child) await discard(child, 'SIGKILL')
      this.#child = undefined
      this.#state.turn('down')
      throw thrown
    }
    const started = child
    void child.exited.then((exit) => this.#exited(started, exit))
    return evidence
  }

  #started({ pid }: Spawned, before: Evidence): Evidence {
    const previousPid = this.#lastPid
    this.#lastPid = pid
    const figures = { readyMs: round(this.#state.startMs), outageMs: since(this.#state.sinceMs) }
    return { pid, previousPid, ...this.#said, ...asPrevious(before), ...figures }
  }

  #exited(child: Spawned, exit: Exit): void {
    if (this.#child !== child || this.#state.is('discarded')) return
    this.#child = undefined
    this.#state.turn('down', exit.atMs)
    this.#program.died(exit)
  }

  /** @throws ChaosError `CHAOS_SERVICE_STATE` */
  #standing(operation: string, ...states: readonly State[]): Spawned {
    this.#state.allow(operation, ...states)
    if (this.#child === undefined) throw new Error(`${this.name} is up and has no process`)
    return this.#child
  }

  /** From here on its end is the harness's doing. */
  #takeDown(operation: string): Spawned {
    const child = this.#standing(operation, 'up', 'paused')
    this.#child = undefined
    this.#state.turn('down', monotonicMs())
    return child
  }

  /** Proves that it is down: exit seen by its parent, no process left, connections refused. */
  async #down(
    child: Spawned,
    rows: Parameters<typeof gone>[0],
    deadline: Deadline,
    signal?: NodeJS.Signals,
  ): Promise<Evidence> {
    const exit = await deadline.race(child.exited, unproven(`${this.name} to exit`))
    if (signal !== undefined && exit.signal !== signal) throw endedOtherwise(this.name, exit, signal)
    await gone(rows, deadline)
    const attempt = async () => ((await isRefused(this.#program.port)) ? true : undefined)
    await deadline.poll(attempt, { ...unproven(`port ${this.#program.port} to be closed`), everyMs: 2 })
    const exitedMs = round(exit.atMs - this.#state.sinceMs)
    return { exitCode: exit.code, exitSignal: exit.signal, exitedMs, refusedMs: since(this.#state.sinceMs) }
  }

  #hasNoNetwork(): ChaosError {
    return new ChaosError(`${this.name} cannot be disconnected: ${backends.process.lacks.disconnect}`, {
      code: 'CHAOS_FAULT_UNAVAILABLE',
      kind: 'assumption',
    })
  }
}
