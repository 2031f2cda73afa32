// Drives a service that is a container. Its engine carries out each operation and proves it.
import type Dockerode from 'dockerode'
import { Deadline } from '../../../core/deadline.ts'
import { callEngine, type EngineCall } from '../../../containers/engine/call-engine.ts'
import { endOfContainer } from '../../../containers/container-end.ts'
import { usageOf } from '../../../containers/container-usage.ts'
import { killContainer, removeContainer } from '../../../containers/cleanup/remove-container.ts'
import type { NetworkMembership } from '../../../containers/network-membership.ts'
import { unproven } from '../../../processes/process-tree.ts'
import type { Exit } from '../../../processes/session.ts'
import type { Watched } from '../../../processes/watched.ts'
import type { Evidence } from '../../../record/evidence.ts'
import type { Service } from '../../service.ts'
import { ChaosError } from '../../../core/errors.ts'
import { proveDown } from '../../service/prove-down.ts'
import type { ServiceDriver, ServiceLife } from '../../service/service-driver.ts'

const proofMs = 5_000

/** What distinguishes one service of containers from another. */
export interface ContainerProgram extends EngineCall {
  readonly name: Service['name']
  /** Where its port is published. It refuses connections while the service is down. */
  readonly published: { readonly host: string; readonly port: number }
  readonly network: NetworkMembership
  /**
   * Resolves once the service serves, with what it says of itself.
   * @throws ChaosError `CHAOS_SERVICE_NOT_READY`
   */
  serving(exited: Promise<Exit>): Promise<Evidence>
  /** Resolves once a fault may be injected. @throws as `serving` does */
  settled(exited: Promise<Exit>): Promise<void>
  /** Called for an exit that the harness did not cause. */
  died(exit: Exit): void
  /** Called if the engine does not answer any more. */
  lost(error: unknown): void
}

type ContainerState = Dockerode.ContainerInspectInfo['State']

/** The container runs already when its driver is made: the first `start` only watches for its end. */
export class ContainerDriver implements ServiceDriver {
  readonly backend = 'docker'
  readonly #program: ContainerProgram
  #wasStarted = false
  #isDiscarded = false

  constructor(program: ContainerProgram) {
    this.#program = program
  }

  get name(): Service['name'] {
    return this.#program.name
  }

  async start(): Promise<ServiceLife> {
    if (this.#wasStarted) {
      await this.#connect()
      await this.#call('restart', (container) => container.start())
    }
    this.#wasStarted = true
    return { exited: this.#exitOfThisLife(), evidence: this.#identity }
  }

  serving({ exited }: ServiceLife): Promise<Evidence> {
    return this.#program.serving(exited)
  }

  async facts(): Promise<Evidence> {
    return { startedAt: (await this.#inspect()).StartedAt }
  }

  settled({ exited }: ServiceLife): Promise<void> {
    return this.#program.settled(exited)
  }

  async kill({ exited }: ServiceLife, sinceMs: number): Promise<Evidence> {
    await this.#call('kill', (container) => container.kill({ signal: 'SIGKILL' }))
    return this.#down(exited, sinceMs, 'SIGKILL')
  }

  async stop({ exited }: ServiceLife, sinceMs: number, graceMs: number): Promise<Evidence> {
    const options = { t: Math.ceil(graceMs / 1_000) }
    await this.#call('stop', (container) => container.stop(options), graceMs)
    const proof = await this.#down(exited, sinceMs)
    return { ...proof, forced: proof['exitSignal'] === 'SIGKILL' }
  }

  async pause(): Promise<Evidence> {
    await this.#call('pause', (container) => container.pause())
    return { ...this.#identity, state: (await this.#shows('paused')).Status }
  }

  async resume(): Promise<Evidence> {
    await this.#call('unpause', (container) => container.unpause())
    return { ...this.#identity, state: (await this.#shows('running')).Status, stateWas: 'paused' }
  }

  async disconnect(): Promise<Evidence> {
    const { network } = this.#program
    await this.#call('disconnect', (container) => network.disconnect(container))
    if (await this.#call('inspect', (container) => network.stillIn(container)))
      throw this.#notSeen(`to have left the network ${network.name}`)
    return { ...this.#identity, network: network.name, state: (await this.#shows('running')).Status }
  }

  async reconnect({ exited }: ServiceLife): Promise<Evidence> {
    await this.#connect()
    const said = await this.#program.serving(exited)
    return { ...this.#identity, ...said, network: this.#program.network.name }
  }

  async abandon(): Promise<void> {
    await this.#call('kill', killContainer)
  }

  async discard(): Promise<void> {
    this.#isDiscarded = true
    await this.#call('remove', removeContainer)
  }

  watched(): Watched {
    const { container } = this.#program
    return { name: this.name, id: container.id, usage: () => usageOf(container) }
  }

  died(exit: Exit): void {
    this.#program.died(exit)
  }

  /** As people name the container on the command line. */
  get #identity(): Evidence {
    return { container: this.#program.container.id.slice(0, 12) }
  }

  #call<T>(
    action: string,
    call: (container: Dockerode.Container) => Promise<T>,
    moreMs?: number,
  ): Promise<T> {
    return callEngine(this.#program, action, call, moreMs)
  }

  #connect(): Promise<void> {
    return this.#call('connect', (container) => this.#program.network.connect(container))
  }

  /** Never settles if the engine goes away: whatever waits for it has an end of its own. */
  #exitOfThisLife(): Promise<Exit> {
    const { promise, resolve } = Promise.withResolvers<Exit>()
    endOfContainer(this.#program.container).then(resolve, (thrown: unknown) => {
      if (!this.#isDiscarded) this.#program.lost(thrown)
    })
    return promise
  }

  async #down(exited: Promise<Exit>, sinceMs: number, signal?: NodeJS.Signals): Promise<Evidence> {
    const { exit, figures } = await proveDown({
      name: this.name,
      ...this.#program.published,
      exited,
      sinceMs,
      deadline: Deadline.after(proofMs),
      everyMs: 5,
      ...(signal === undefined ? {} : { signal }),
    })
    const { Status, FinishedAt } = await this.#inspect()
    return {
      ...this.#identity,
      state: Status,
      exitCode: exit.code,
      exitSignal: exit.signal,
      finishedAt: FinishedAt,
      ...figures,
    }
  }

  /** @throws ChaosError `CHAOS_FAULT_UNPROVEN` if the engine says that the container is in another state */
  async #shows(status: string): Promise<ContainerState> {
    const state = await this.#inspect()
    if (state.Status !== status) throw this.#notSeen(`to be ${status}: the engine says ${state.Status}`)
    return state
  }

  async #inspect(): Promise<ContainerState> {
    return (await this.#call('inspect', (container) => container.inspect())).State
  }

  #notSeen(what: string): ChaosError {
    return new ChaosError(`${this.name} was not seen ${what}`, unproven(what))
  }
}
