// A service of a stack that is a local process: kill, stop, start, pause and resume it, each with proof from outside,
// and tell of a death that nobody asked for.
import { monotonicMs } from '../../clock.ts'
import { Deadline } from '../../deadline.ts'
import { ChaosError } from '../../errors.ts'
import type { Evidence } from '../../record/evidence.ts'
import type { Exit, Spawned } from '../session.ts'
import type { Service } from '../stack.ts'
import { asPrevious, round, since } from './figures.ts'
import { discard, exitsWithin } from './process-end.ts'
import { isRefused } from './port-probe.ts'
import { gone, killTree, livingTree, signalTreeUntilShown, unproven } from './process-tree.ts'

const proofMs = 5_000
const defaultGraceMs = 10_000

export interface ServiceProgram {
  readonly name: Service['name']
  /** Refused while it is down. */
  readonly port: number
  /** Asks the main process to end cleanly. */
  readonly stopSignal: NodeJS.Signals
  /** Ends the main process when nothing it holds is needed any more. */
  readonly discardSignal: NodeJS.Signals
  spawn(): Promise<Spawned>
  /**
   * Resolves once `child` serves, with what it says of itself.
   * @throws ChaosError `CHAOS_SERVICE_NOT_READY`
   */
  serving(child: Spawned): Promise<Evidence>
  /** Told of an exit that the harness did not cause. */
  died(exit: Exit): void
}

type State = 'down' | 'starting' | 'up' | 'paused' | 'discarded'

export class ProcessService implements Service, AsyncDisposable {
  readonly #program: ServiceProgram
  /** The process from its spawn until it is struck down or found dead. */
  #child: Spawned | undefined
  #state: State = 'down'
  /** When it last went down or was paused. */
  #sinceMs = monotonicMs()
  #lastPid: number | null = null
  #said: Evidence = {}

  constructor(program: ServiceProgram) {
    this.#program = program
  }

  get name(): Service['name'] {
    return this.#program.name
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  get isPaused(): boolean {
    return this.#state === 'paused'
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

  async start(): Promise<Evidence> {
    if (this.#state !== 'down') throw this.#mistake('start')
    this.#turn('starting')
    const fromMs = monotonicMs()
    const before = this.#said
    const child = await this.#serve()
    const evidence = { pid: child.pid, previousPid: this.#lastPid, ...this.#said, ...asPrevious(before) }
    this.#lastPid = child.pid
    return { ...evidence, readyMs: since(fromMs), outageMs: since(this.#sinceMs) }
  }

  async pause(): Promise<Evidence> {
    if (this.#state !== 'up' || this.#child === undefined) throw this.#mistake('pause')
    this.#turn('paused', monotonicMs())
    const { pid } = this.#child
    const rows = await signalTreeUntilShown(pid, 'SIGSTOP', Deadline.after(proofMs))
    return { pid, processes: rows.length, state: 'T', shownMs: since(this.#sinceMs) }
  }

  async resume(): Promise<Evidence> {
    if (this.#state !== 'paused' || this.#child === undefined) throw this.#mistake('resume')
    this.#turn('up')
    const { pid } = this.#child
    const rows = await signalTreeUntilShown(pid, 'SIGCONT', Deadline.after(proofMs))
    return { pid, processes: rows.length, stateWas: 'T', pausedMs: since(this.#sinceMs) }
  }

  /** Ends it for good and fast, whatever it is doing. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#state = 'discarded'
    if (this.#child) await discard(this.#child, this.#program.discardSignal)
  }

  /** Spawns it and waits until it serves; a process that does not is not left behind. */
  async #serve(): Promise<Spawned> {
    let child: Spawned | undefined
    try {
      child = await this.#program.spawn()
      this.#child = child
      this.#said = await this.#program.serving(child)
    } catch (thrown) {
      if (child) await discard(child, 'SIGKILL')
      this.#child = undefined
      this.#turn('down')
      throw thrown
    }
    this.#turn('up')
    const started = child
    void child.exited.then((exit) => this.#exited(started, exit))
    return child
  }

  #exited(child: Spawned, exit: Exit): void {
    if (this.#child !== child || this.#state === 'discarded') return
    this.#child = undefined
    this.#turn('down', exit.atMs)
    this.#program.died(exit)
  }

  /** What was discarded meanwhile stays so. */
  #turn(state: State, atMs = this.#sinceMs): void {
    if (this.#state !== 'discarded') this.#state = state
    this.#sinceMs = atMs
  }

  /** From here on its end is the harness's doing. */
  #takeDown(operation: string): Spawned {
    const child = this.#child
    if (child === undefined || (this.#state !== 'up' && this.#state !== 'paused'))
      throw this.#mistake(operation)
    this.#child = undefined
    this.#turn('down', monotonicMs())
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
    if (signal !== undefined && exit.signal !== signal) throw this.#endedOtherwise(exit, signal)
    await gone(rows, deadline)
    const attempt = async () => ((await isRefused(this.#program.port)) ? true : undefined)
    await deadline.poll(attempt, { ...unproven(`port ${this.#program.port} to be closed`), everyMs: 2 })
    const exitedMs = round(exit.atMs - this.#sinceMs)
    return { exitCode: exit.code, exitSignal: exit.signal, exitedMs, refusedMs: since(this.#sinceMs) }
  }

  #endedOtherwise(exit: Exit, signal: NodeJS.Signals): ChaosError {
    const ended = exit.signal === null ? `exited with ${exit.code}` : `was ended by ${exit.signal}`
    return new ChaosError(`${this.name} ${ended}, not by ${signal}`, {
      code: 'CHAOS_FAULT_UNPROVEN',
      kind: 'assumption',
    })
  }

  #mistake(operation: string): ChaosError {
    return new ChaosError(`cannot ${operation} ${this.name}: it is ${this.#state}`, {
      code: 'CHAOS_SERVICE_STATE',
    })
  }
}
