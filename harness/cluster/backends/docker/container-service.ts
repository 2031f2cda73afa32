// A service that is a container: its engine carries out each operation and proves it. Unexpected deaths are reported.
import { monotonicMs } from '../../../core/clock.ts'
import type { Evidence } from '../../../record/evidence.ts'
import type { Exit } from '../../../processes/session.ts'
import { asPrevious, round, since } from '../../service/figures.ts'
import { ServiceState } from '../../service/service-state.ts'
import type { Watched } from '../../../processes/watched.ts'
import { callEngine } from '../../../containers/engine/call-engine.ts'
import { endOfContainer } from '../../../containers/container-end.ts'
import { down, inspected, left, named, shown } from './container-proof.ts'
import { usageOf } from '../../../containers/container-usage.ts'
import type { ContainerProgram } from './container-program.ts'
import { killContainer, removeContainer } from '../../../containers/cleanup/remove-container.ts'
import { startOrder, type Service } from '../../service.ts'

const defaultGraceMs = 10_000
const standing = ['up', 'paused', 'disconnected'] as const

export class ContainerService implements Service, AsyncDisposable {
  readonly startOrder: number
  readonly #program: ContainerProgram
  readonly #state: ServiceState
  /** Its present or last life. */
  #exited: Promise<Exit>
  #said: Evidence = {}

  private constructor(program: ContainerProgram) {
    this.startOrder = startOrder[program.name]
    this.#program = program
    this.#state = new ServiceState(program.name)
    this.#exited = this.#follow()
  }

  /** Resolves once the container that was just started serves. @throws as `serving` does; it is removed then */
  static async begin(program: ContainerProgram): Promise<ContainerService> {
    const service = new ContainerService(program)
    await using undo = new AsyncDisposableStack()
    undo.use(service)
    service.#state.turn('starting')
    await service.#serve()
    undo.move()
    return service
  }

  get name(): Service['name'] {
    return this.#program.name
  }

  get isUp(): boolean {
    return this.#state.is(...standing)
  }

  startDelayMs(outageMs: number): number {
    return this.#state.startDelayMs(outageMs)
  }

  get isPaused(): boolean {
    return this.#state.is('paused')
  }

  get isDisconnected(): boolean {
    return this.#state.is('disconnected')
  }

  get watched(): Watched[] {
    if (!this.isUp) return []
    const { container } = this.#program
    return [{ name: this.name, id: container.id, usage: () => usageOf(container) }]
  }

  async kill(): Promise<Evidence> {
    this.#takeDown('kill')
    await callEngine(this.#program, 'kill', (container) => container.kill({ signal: 'SIGKILL' }))
    return down(this.#program, this.#exited, this.#state.sinceMs, 'SIGKILL')
  }

  async stop(graceMs: number = defaultGraceMs): Promise<Evidence> {
    this.#takeDown('stop')
    const options = { t: Math.ceil(graceMs / 1_000) }
    await callEngine(this.#program, 'stop', (container) => container.stop(options), graceMs)
    const proof = await down(this.#program, this.#exited, this.#state.sinceMs)
    return { ...proof, forced: proof['exitSignal'] === 'SIGKILL' }
  }

  async start(onServing?: (evidence: Evidence) => void): Promise<Evidence> {
    this.#state.allow('start', 'down')
    this.#state.turn('starting')
    try {
      await this.#connect()
      await callEngine(this.#program, 'restart', (container) => container.start())
    } catch (thrown) {
      this.#state.turn('down')
      throw thrown
    }
    this.#exited = this.#follow()
    return this.#serve(onServing)
  }

  async pause(): Promise<Evidence> {
    this.#state.allow('pause', 'up')
    this.#state.turn('paused', monotonicMs())
    await callEngine(this.#program, 'pause', (container) => container.pause())
    const { Status } = await shown(this.#program, 'paused')
    return { ...named(this.#program), state: Status, shownMs: since(this.#state.sinceMs) }
  }

  async resume(): Promise<Evidence> {
    this.#state.allow('resume', 'paused')
    await callEngine(this.#program, 'unpause', (container) => container.unpause())
    const { Status } = await shown(this.#program, 'running')
    this.#state.turn('up')
    return {
      ...named(this.#program),
      state: Status,
      stateWas: 'paused',
      pausedMs: since(this.#state.sinceMs),
    }
  }

  async disconnect(): Promise<Evidence> {
    this.#state.allow('disconnect', 'up')
    this.#state.turn('disconnected', monotonicMs())
    const { network } = this.#program
    await callEngine(this.#program, 'disconnect', (container) => network.disconnect(container))
    await left(this.#program, network)
    const { Status } = await shown(this.#program, 'running')
    return {
      ...named(this.#program),
      network: network.name,
      state: Status,
      goneMs: since(this.#state.sinceMs),
    }
  }

  async reconnect(): Promise<Evidence> {
    this.#state.allow('reconnect', 'disconnected')
    await this.#connect()
    const said = await this.#program.serving(this.#exited)
    this.#state.turn('up')
    return {
      ...named(this.#program),
      ...said,
      network: this.#program.network.name,
      disconnectedMs: since(this.#state.sinceMs),
    }
  }

  #connect(): Promise<void> {
    return callEngine(this.#program, 'connect', (container) => this.#program.network.connect(container))
  }

  /** Ends and removes it for good, whatever it is doing. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#state.turn('discarded')
    await callEngine(this.#program, 'remove', removeContainer)
  }

  /** A container that does not serve, or settle, is not left running. */
  async #serve(onServing: (evidence: Evidence) => void = () => undefined): Promise<Evidence> {
    const exited = this.#exited
    const before = this.#said
    let evidence: Evidence
    try {
      const said = await this.#program.serving(exited)
      this.#state.turn('up')
      const figures = { readyMs: round(this.#state.startMs), outageMs: since(this.#state.sinceMs) }
      this.#said = { ...said, startedAt: (await inspected(this.#program)).StartedAt }
      evidence = { ...named(this.#program), ...this.#said, ...asPrevious(before), ...figures }
      onServing(evidence)
      await this.#program.settled(exited)
    } catch (thrown) {
      this.#state.turn('down')
      await callEngine(this.#program, 'kill', killContainer)
      throw thrown
    }
    void exited.then((exit) => this.#ended(exited, exit))
    return evidence
  }

  /** Never settles where the engine goes away: what waits for it has an end of its own. */
  #follow(): Promise<Exit> {
    const { promise, resolve } = Promise.withResolvers<Exit>()
    endOfContainer(this.#program.container).then(resolve, (thrown: unknown) => {
      if (!this.#state.is('discarded')) this.#program.lost(thrown)
    })
    return promise
  }

  #ended(life: Promise<Exit>, exit: Exit): void {
    if (this.#exited !== life || !this.isUp) return
    this.#state.turn('down', exit.atMs)
    this.#program.died(exit)
  }

  /** From here on its end is the harness's doing. */
  #takeDown(operation: string): void {
    this.#state.allow(operation, ...standing)
    this.#state.turn('down', monotonicMs())
  }
}
