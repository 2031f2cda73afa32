// Workers as containers in the network of a stack of containers: with a worker goes its whole pod.
import { readFile } from 'node:fs/promises'
import type Dockerode from 'dockerode'
import { monotonicMs } from '../clock.ts'
import { ChaosError } from '../errors.ts'
import type { Evidence } from '../record/evidence.ts'
import { endOfContainer } from '../stack/docker/container-end.ts'
import { saveContainerLog } from '../stack/docker/container-log.ts'
import { usageOf } from '../stack/docker/container-usage.ts'
import type { Inside } from '../stack/docker/docker-stack.ts'
import { explained } from '../stack/docker/engine-failures.ts'
import { engineStatus } from '../stack/docker/engine-status.ts'
import { isOwnAddress } from '../stack/docker/own-address.ts'
import { startContainer } from '../stack/docker/stack-container.ts'
import type { Exit, Session } from '../stack/session.ts'
import { bundleVariable, type Launch } from './launch.ts'
import type { WorkerHost, WorkerLife } from './worker-life.ts'

/** Where an engine runs in a machine of its own, as on a desktop, it resolves this to the machine it serves. */
const desktopHost = 'host.docker.internal'
const loopback = '127.0.0.1'
const bundleInside = '/tmp/workflow-bundle.js'

/** @param image meets the contract of a worker's image in docker/images/README.md */
export async function containerHost(session: Session, inside: Inside, image: string): Promise<WorkerHost> {
  const isHere = await isOwnAddress(inside.gateway)
  let started = 0
  return {
    harnessAddress: isHere ? inside.gateway : desktopHost,
    listenOn: isHere ? inside.gateway : loopback,
    temporalAddress: inside.address,
    async start({ env }: Launch, logFile) {
      started += 1
      const bundle = await readFile(bundleOf(env), 'utf8')
      const container = await explained(image, () =>
        startContainer({
          engine: inside.engine,
          sessionId: session.id,
          network: inside.network,
          alias: `worker-${started}`,
          image,
          user: '1000:1000',
          command: [],
          env: { ...env, [bundleVariable]: bundleInside },
          files: { [bundleInside]: bundle },
          memoryGiB: 2,
        }),
      )
      const { State } = await container.inspect()
      return new ContainerLife(container, State.Pid, logFile)
    },
  }
}

function bundleOf(env: Launch['env']): string {
  const file = env[bundleVariable]
  if (file !== undefined) return file
  throw new ChaosError(`a worker's environment has no ${bundleVariable}`, { code: 'CHAOS_BUNDLE_FAILED' })
}

class ContainerLife implements WorkerLife {
  readonly pid: number
  readonly exited: Promise<Exit>
  readonly closed: Promise<void>
  exit: Exit | null = null
  readonly #container: Dockerode.Container
  #isPaused = false
  #finishedAt: string | null = null

  constructor(container: Dockerode.Container, pid: number, logFile: string) {
    this.#container = container
    this.pid = pid
    this.exited = this.#ended()
    this.closed = this.exited.then(() => this.#close(logFile))
    // Whoever waits for its end hears of it; nobody else need.
    this.closed.catch(() => undefined)
  }

  watched(name: string) {
    return { name, id: this.#container.id, usage: () => usageOf(this.#container) }
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    try {
      await this.#container.kill({ signal })
    } catch (thrown) {
      // It has ended, and maybe is removed, and the news is on its way.
      if (![404, 409].includes(engineStatus(thrown) ?? 0)) throw thrown
    }
  }

  async pause(): Promise<Evidence> {
    await this.#container.pause()
    this.#isPaused = true
    const { State } = await this.#container.inspect()
    if (State.Paused) return { ...this.#named(), state: State.Status }
    throw new ChaosError(`the engine does not show the container paused: ${State.Status}`, {
      code: 'CHAOS_FAULT_UNPROVEN',
      kind: 'assumption',
    })
  }

  async resume(): Promise<void> {
    if (!this.#isPaused) return
    this.#isPaused = false
    await this.#container.unpause()
  }

  async endEvidence(): Promise<Evidence> {
    const { signal, code } = await this.exited
    return { ...this.#named(), exitSignal: signal, exitCode: code, finishedAt: this.#finishedAt }
  }

  async #ended(): Promise<Exit> {
    try {
      this.exit = await endOfContainer(this.#container)
      this.#finishedAt = (await this.#container.inspect()).State.FinishedAt
    } catch {
      // The engine is gone: the stack's own containers tell of it. To this worker it is an end of an unknown kind.
      this.exit ??= { code: null, signal: null, atMs: monotonicMs() }
    }
    return this.exit
  }

  async #close(logFile: string): Promise<void> {
    await saveContainerLog(this.#container, logFile)
    await this.#container.remove({ force: true, v: true })
  }

  #named(): Evidence {
    return { container: this.#container.id.slice(0, 12), pid: this.pid }
  }
}
