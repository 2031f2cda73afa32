// Drives a service that is a local process. Each operation applies to all of its processes, and the process
// table proves it.
import { Deadline } from '../../../core/deadline.ts'
import type { Exit, Spawned } from '../../../processes/session.ts'
import { gone, killTree, livingTree, signalTreeUntilShown } from '../../../processes/process-tree.ts'
import type { ProcessRow } from '../../../processes/process-row.ts'
import type { Watched } from '../../../processes/watched.ts'
import type { Evidence } from '../../../record/evidence.ts'
import type { Service } from '../../service.ts'
import { proveDown } from '../../service/prove-down.ts'
import type { ServiceDriver, ServiceLife } from '../../service/service-driver.ts'
import { discard, exitsWithin } from './process-end.ts'
import type { ServiceProgram } from './service-program.ts'

const proofMs = 5_000

export class ProcessDriver implements ServiceDriver {
  readonly backend = 'process'
  readonly #program: ServiceProgram
  #child: Spawned | undefined

  constructor(program: ServiceProgram) {
    this.#program = program
  }

  get name(): Service['name'] {
    return this.#program.name
  }

  async start(): Promise<ServiceLife> {
    const previousPid = this.#child?.pid ?? null
    const child = await this.#program.spawn()
    this.#child = child
    return { exited: child.exited, evidence: { pid: child.pid, previousPid } }
  }

  serving({ exited }: ServiceLife): Promise<Evidence> {
    return this.#program.serving(exited)
  }

  async settled({ exited }: ServiceLife): Promise<void> {
    await this.#program.settled?.(exited)
  }

  async kill({ exited }: ServiceLife, sinceMs: number): Promise<Evidence> {
    const { pid } = this.#started
    const deadline = Deadline.after(proofMs)
    const rows = killTree(pid)
    return {
      pid,
      processes: rows.length,
      ...(await this.#down(exited, rows, { sinceMs, deadline, signal: 'SIGKILL' })),
    }
  }

  async stop({ exited }: ServiceLife, sinceMs: number, graceMs: number): Promise<Evidence> {
    const child = this.#started
    const { stopSignal } = this.#program
    const asked = livingTree(child.pid)
    child.signal(stopSignal)
    const forced = !(await exitsWithin(child, graceMs))
    const rows = forced ? killTree(child.pid) : asked
    const down = await this.#down(exited, rows, { sinceMs, deadline: Deadline.after(proofMs) })
    return { pid: child.pid, processes: rows.length, asked: stopSignal, forced, ...down }
  }

  async pause(): Promise<Evidence> {
    const { pid } = this.#started
    const rows = await signalTreeUntilShown(pid, 'SIGSTOP', Deadline.after(proofMs))
    return { pid, processes: rows.length, state: 'T' }
  }

  async resume(): Promise<Evidence> {
    const { pid } = this.#started
    const rows = await signalTreeUntilShown(pid, 'SIGCONT', Deadline.after(proofMs))
    return { pid, processes: rows.length, stateWas: 'T' }
  }

  async abandon(): Promise<void> {
    await discard(this.#started, 'SIGKILL')
  }

  async discard(): Promise<void> {
    if (this.#child !== undefined) await discard(this.#child, this.#program.discardSignal)
  }

  watched(): Watched {
    return { name: this.name, pid: this.#started.pid }
  }

  died(exit: Exit): void {
    this.#program.died(exit)
  }

  get #started(): Spawned {
    if (this.#child === undefined) throw new Error(`${this.name} was never started`)
    return this.#child
  }

  async #down(
    exited: Promise<Exit>,
    rows: readonly ProcessRow[],
    proof: { readonly sinceMs: number; readonly deadline: Deadline; readonly signal?: NodeJS.Signals },
  ): Promise<Evidence> {
    const { name, port } = this.#program
    const { exit, figures } = await proveDown({
      ...proof,
      name,
      port,
      exited,
      everyMs: 2,
      gone: () => gone(rows, proof.deadline),
    })
    return { exitCode: exit.code, exitSignal: exit.signal, ...figures }
  }
}
