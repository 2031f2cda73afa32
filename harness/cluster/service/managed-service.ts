// The state machine of a service, the same for every backend: which operation is allowed when, what its evidence says
// about time, and the report of a death that nobody asked for.
import { capabilitiesOfBackend } from '../capabilities.ts'
import { monotonicMs } from '../../core/clock.ts'
import { ChaosError } from '../../core/errors.ts'
import type { Exit } from '../../processes/session.ts'
import type { Watched } from '../../processes/watched.ts'
import type { Evidence } from '../../record/evidence.ts'
import { startOrder, type Service } from '../service.ts'
import { asPrevious, round, since } from './figures.ts'
import type { ServiceDriver, ServiceLife } from './service-driver.ts'
import { ServiceState, type State } from './service-state.ts'

const defaultGraceMs = 10_000
const running = ['up', 'paused', 'disconnected'] as const

export class ManagedService implements Service, AsyncDisposable {
  readonly #driver: ServiceDriver
  readonly #state: ServiceState
  /** The present life, or the last one. */
  #life: ServiceLife | undefined
  /** What the last life said about itself. */
  #facts: Evidence = {}

  private constructor(driver: ServiceDriver) {
    this.#driver = driver
    this.#state = new ServiceState(driver.name)
  }

  /** Resolves once the service serves and has settled. @throws as `start` does; nothing is left running then */
  static async begin(driver: ServiceDriver): Promise<ManagedService> {
    await using undo = new AsyncDisposableStack()
    const service = undo.use(new ManagedService(driver))
    await service.start()
    undo.move()
    return service
  }

  get name(): Service['name'] {
    return this.#driver.name
  }

  get startOrder(): number {
    return startOrder[this.name]
  }

  get isUp(): boolean {
    return this.#state.is(...running) || (this.#state.is('starting') && this.#life !== undefined)
  }

  get isPaused(): boolean {
    return this.#state.is('paused')
  }

  get isDisconnected(): boolean {
    return this.#state.is('disconnected')
  }

  get watched(): Watched[] {
    return this.isUp ? [this.#driver.watched()] : []
  }

  /** The main process; null while the service is down, and for a container. */
  get pid(): number | null {
    const [watched] = this.watched
    return watched !== undefined && 'pid' in watched ? watched.pid : null
  }

  startDelayMs(outageMs: number): number {
    return this.#state.startDelayMs(outageMs)
  }

  async kill(): Promise<Evidence> {
    return this.#driver.kill(this.#takeDown('kill'), this.#state.sinceMs)
  }

  async stop(graceMs: number = defaultGraceMs): Promise<Evidence> {
    return this.#driver.stop(this.#takeDown('stop'), this.#state.sinceMs, graceMs)
  }

  /** A service that does not serve, or does not settle, is not left running. */
  async start(onServing: (evidence: Evidence) => void = () => undefined): Promise<Evidence> {
    this.#state.allow('start', 'down')
    this.#life = undefined
    this.#state.turn('starting')
    try {
      const life = await this.#driver.start()
      this.#life = life
      const evidence = await this.#serve(life)
      onServing(evidence)
      await this.#driver.settled(life)
      void life.exited.then((exit) => this.#exited(life, exit))
      return evidence
    } catch (thrown) {
      this.#state.turn('down')
      if (this.#life !== undefined) await this.#driver.abandon()
      throw thrown
    }
  }

  async pause(): Promise<Evidence> {
    this.#state.allow('pause', 'up')
    this.#state.turn('paused', monotonicMs())
    return { ...(await this.#driver.pause()), shownMs: since(this.#state.sinceMs) }
  }

  async resume(): Promise<Evidence> {
    this.#state.allow('resume', 'paused')
    const evidence = await this.#driver.resume()
    this.#state.turn('up')
    return { ...evidence, pausedMs: since(this.#state.sinceMs) }
  }

  async disconnect(): Promise<Evidence> {
    if (this.#driver.disconnect === undefined) throw this.#hasNoNetwork()
    this.#state.allow('disconnect', 'up')
    this.#state.turn('disconnected', monotonicMs())
    return { ...(await this.#driver.disconnect()), goneMs: since(this.#state.sinceMs) }
  }

  async reconnect(): Promise<Evidence> {
    if (this.#driver.reconnect === undefined) throw this.#hasNoNetwork()
    const evidence = await this.#driver.reconnect(this.#standing('reconnect', 'disconnected'))
    this.#state.turn('up')
    return { ...evidence, disconnectedMs: since(this.#state.sinceMs) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#state.turn('discarded')
    await this.#driver.discard()
  }

  async #serve(life: ServiceLife): Promise<Evidence> {
    const previous = asPrevious(this.#facts)
    const said = await this.#driver.serving(life)
    this.#state.turn('up')
    const figures = { readyMs: round(this.#state.startMs), outageMs: since(this.#state.sinceMs) }
    this.#facts = { ...said, ...(await this.#driver.facts?.()) }
    return { ...life.evidence, ...this.#facts, ...previous, ...figures }
  }

  #exited(life: ServiceLife, exit: Exit): void {
    if (this.#life !== life || !this.#state.is(...running)) return
    this.#state.turn('down', exit.atMs)
    this.#driver.died(exit)
  }

  /** From here on, the harness causes the service's exit. */
  #takeDown(operation: string): ServiceLife {
    const life = this.#standing(operation, ...running)
    this.#state.turn('down', monotonicMs())
    return life
  }

  /** @throws ChaosError `CHAOS_SERVICE_STATE` */
  #standing(operation: string, ...states: readonly State[]): ServiceLife {
    this.#state.allow(operation, ...states)
    if (this.#life === undefined) throw new Error(`${this.name} is up and was never started`)
    return this.#life
  }

  #hasNoNetwork(): ChaosError {
    return new ChaosError(
      `${this.name} cannot be disconnected: ${capabilitiesOfBackend(this.#driver.backend).disconnect}`,
      { code: 'CHAOS_FAULT_UNAVAILABLE', kind: 'unmet' },
    )
  }
}
