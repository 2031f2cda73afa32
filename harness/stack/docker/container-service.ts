// A service of a stack that is a container: kill, stop, start, pause and disconnect it through its engine, each with the
// engine's word for it, and tell of a death that nobody asked for.
import { monotonicMs } from '../../clock.ts'
import type { Evidence } from '../../record/evidence.ts'
import type { Exit } from '../session.ts'
import { asPrevious, round, since } from '../service/figures.ts'
import { ServiceState } from '../service/service-state.ts'
import type { Service } from '../stack.ts'
import type { Watched } from '../watched.ts'
import { endOfContainer } from './container-end.ts'
import { down, inspected, named, shown, unseen } from './container-proof.ts'
import { usageOf } from './container-usage.ts'
import type { ContainerProgram } from './container-program.ts'
import { killContainer, removeContainer } from './remove-container.ts'

const defaultGraceMs = 10_000
const standing = ['up', 'paused', 'disconnected'] as const

export class ContainerService implements Service, AsyncDisposable {
  readonly #program: ContainerProgram
  readonly #state: ServiceState
  /** Its present or last life. */
  #exited: Promise<Exit>
  #said: Evidence = {}

  private constructor(program: ContainerProgram) {
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
    await this.#program.container.kill({ signal: 'SIGKILL' })
    return this.#down('SIGKILL')
  }

  async stop(graceMs: number = defaultGraceMs): Promise<Evidence> {
    this.#takeDown('stop')
    await this.#program.container.stop({ t: Math.ceil(graceMs / 1_000) })
    const down = await this.#down()
    return { ...down, forced: down['exitSignal'] === 'SIGKILL' }
  }

  async start(): Promise<Evidence> {
    this.#state.allow('start', 'down')
    this.#state.turn('starting')
    const before = this.#said
    const { container, network } = this.#program
    try {
      await network.connect(container)
      await container.start()
    } catch (thrown) {
      this.#state.turn('down')
      throw thrown
    }
    this.#exited = this.#follow()
    await this.#serve()
    return {
      ...named(this.#program),
      ...this.#said,
      ...asPrevious(before),
      readyMs: round(this.#state.startMs),
      outageMs: since(this.#state.sinceMs),
    }
  }

  async pause(): Promise<Evidence> {
    this.#state.allow('pause', 'up')
    this.#state.turn('paused', monotonicMs())
    await this.#program.container.pause()
    const { Status } = await shown(this.#program, 'paused')
    return { ...named(this.#program), state: Status, shownMs: since(this.#state.sinceMs) }
  }

  async resume(): Promise<Evidence> {
    this.#state.allow('resume', 'paused')
    await this.#program.container.unpause()
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
    const { container, network } = this.#program
    await network.disconnect(container)
    if (await network.holds(container)) throw unseen(this.name, `to have left the network ${network.name}`)
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
    const { container, network } = this.#program
    await network.connect(container)
    const said = await this.#program.serving(this.#exited)
    this.#state.turn('up')
    return {
      ...named(this.#program),
      ...said,
      network: network.name,
      disconnectedMs: since(this.#state.sinceMs),
    }
  }

  /** Ends and removes it for good, whatever it is doing. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#state.turn('discarded')
    await removeContainer(this.#program.container)
  }

  /** A container that does not serve is not left running. */
  async #serve(): Promise<void> {
    const exited = this.#exited
    try {
      const said = await this.#program.serving(exited)
      this.#said = { ...said, startedAt: (await inspected(this.#program)).StartedAt }
    } catch (thrown) {
      this.#state.turn('down')
      await killContainer(this.#program.container)
      throw thrown
    }
    this.#state.turn('up')
    void exited.then((exit) => this.#ended(exited, exit))
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

  #down(signal?: NodeJS.Signals): Promise<Evidence> {
    return down(this.#program, this.#exited, this.#state.sinceMs, signal)
  }
}
