// A worker that runs already: the process that was named, and all below it. The harness is not its parent, so it sees the end
// in the process table, and it lets the worker go on when the run is over.
import { Deadline } from '../../core/deadline.ts'
import { monotonicMs } from '../../core/clock.ts'
import { markHandled } from '../../core/mark-handled.ts'
import { AttachedFamily } from '../../processes/attached-family.ts'
import type { ProcessId } from '../../processes/process-row.ts'
import { isRunning, wallStartOf } from '../../processes/process-table.ts'
import type { Exit, Session } from '../../processes/session.ts'
import type { Evidence } from '../../record/evidence.ts'
import type { Attached, ProcessesSeen, WorkerProcess } from '../worker-process.ts'

const shownWithinMs = 5_000
/** The resolution of an end that the harness did not bring about. */
const lookEveryMs = 50

export interface AttachedOptions {
  readonly target: ProcessId
  readonly session: Pick<Session, 'holdFrozen'>
  readonly wasRunning: Attached['wasRunning']
  /** Brings its log to where the run keeps logs. Called once, at its end or the run's. */
  readonly keepLog: () => Promise<void>
}

export class AttachedProcess implements WorkerProcess {
  readonly pid: number
  readonly exited: Promise<Exit>
  readonly closed: Promise<void>
  readonly attached: Attached
  exit: Exit | null = null
  readonly #options: AttachedOptions
  readonly #family = new AttachedFamily()
  readonly #looking: NodeJS.Timeout
  readonly #end = Promise.withResolvers<Exit>()
  #endHold: (() => void) | undefined

  constructor(options: AttachedOptions) {
    const { target, wasRunning, keepLog } = options
    this.#options = options
    this.pid = target.pid
    this.attached = { wasRunning, startedWallMs: wallStartOf(target) }
    this.#family.add(target.pid)
    this.exited = this.#end.promise
    this.closed = markHandled(this.exited.then(keepLog))
    this.#looking = setInterval(() => this.#noteExit(), lookEveryMs)
  }

  watched(name: string) {
    return { name, pid: this.pid }
  }

  async look(): Promise<ProcessesSeen> {
    return this.#family.look()
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    this.#family.signal(signal)
  }

  async kill(): Promise<Evidence> {
    // For an instant all of it is stopped.
    this.#hold()
    const killed = this.#family.kill()
    await this.#family.gone(Deadline.after(shownWithinMs))
    this.#letGo()
    this.#noteExit()
    return { pid: this.pid, processes: killed.length }
  }

  async pause(): Promise<Evidence> {
    this.#hold()
    const { alive } = await this.#family.signalUntilShown('SIGSTOP', Deadline.after(shownWithinMs))
    return { pid: this.pid, processes: alive, state: 'T' }
  }

  async resume(): Promise<void> {
    await this.#family.signalUntilShown('SIGCONT', Deadline.after(shownWithinMs))
    this.#letGo()
  }

  async endEvidence(): Promise<Evidence> {
    await this.exited
    // Only its parent learns how it exited.
    return { pid: this.pid, left: this.#family.look().alive }
  }

  async release(): Promise<void> {
    this.#noteExit()
    clearInterval(this.#looking)
    if (this.#endHold !== undefined && this.#family.look().alive > 0) await this.resume()
    this.#letGo()
    if (this.exit === null) await this.#options.keepLog()
    else await this.closed
  }

  #hold(): void {
    const { session, target } = this.#options
    this.#endHold ??= session.holdFrozen(target)
  }

  #letGo(): void {
    this.#endHold?.()
    this.#endHold = undefined
  }

  #noteExit(): void {
    if (this.exit !== null || isRunning(this.#options.target)) return
    clearInterval(this.#looking)
    this.exit = { code: null, signal: null, atMs: monotonicMs() }
    this.#end.resolve(this.exit)
  }
}
