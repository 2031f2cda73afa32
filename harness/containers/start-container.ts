// A container of a cluster as testcontainers starts it: known by its session's marks, bounded, without any right it has no
// use for, published for this machine only.
import type Dockerode from 'dockerode'
import {
  GenericContainer,
  PullPolicy,
  type StartedNetwork,
  type StartedTestContainer,
  type WaitStrategy,
} from 'testcontainers'
import type { Engine } from './engine/engine.ts'
import { asNamed, nameInEngine } from './images/image-names.ts'
import { sessionLabels } from './cleanup/owner.ts'

export interface ContainerPlan {
  readonly engine: Engine
  readonly sessionId: string
  readonly network: StartedNetwork
  /** By which others in the network know it. */
  readonly alias: string
  readonly image: string
  /** As `docker run --user` takes it. */
  readonly user: string
  readonly entrypoint?: readonly string[]
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Files in it, by their paths. */
  readonly files?: Readonly<Record<string, string>>
  /** Port in it -> port on this machine. */
  readonly ports?: readonly (readonly [inside: number, published: number])[]
  readonly memoryGiB: number
}

const cpusEach = 2
const logBytes = '64m'

/** Resolves once it runs, whether or not it serves yet. @throws what the engine says */
export async function startContainer(plan: ContainerPlan): Promise<Dockerode.Container> {
  return plan.engine.docker.getContainer((await startTestContainer(plan)).getId())
}

/** As `startContainer`, for who wants to copy more into it. */
export async function startTestContainer(plan: ContainerPlan): Promise<StartedTestContainer> {
  const labels = sessionLabels(plan.sessionId)
  const volumes = await volumesOf(plan, labels)
  const container = asNamed(() => new StackContainer(nameInEngine(plan.image)))
    .withPullPolicy(PullPolicy.neverPull())
    .withLabels(labels)
    .withUser(plan.user)
    .withCommand([...plan.command])
    .withEnvironment({ ...plan.env })
    .withNetwork(plan.network)
    .withNetworkAliases(plan.alias)
    .withResourcesQuota({ memory: plan.memoryGiB, cpu: Math.min(cpusEach, plan.engine.cpus) })
    .withDroppedCapabilities('ALL')
    .withSecurityOpt('no-new-privileges')
    .withCopyContentToContainer(
      Object.entries(plan.files ?? {}).map(([target, content]) => ({ target, content, mode: 0o644 })),
    )
    .withWaitStrategy(unawaited)
    .publishing(plan)
    .keepingIn(volumes)
  if (plan.entrypoint !== undefined) container.withEntrypoint([...plan.entrypoint])
  return container.start()
}

/**
 * The volumes that its image declares, with the marks of its session: an engine that goes down while it removes a container may
 * leave them behind, and without marks they would be nobody's.
 */
async function volumesOf(
  { engine, image }: ContainerPlan,
  labels: Record<string, string>,
): Promise<Dockerode.MountConfig> {
  const { Config } = await engine.docker.getImage(nameInEngine(image)).inspect()
  return Object.keys(Config.Volumes ?? {}).map((target) => ({
    Type: 'volume',
    Target: target,
    // No name: it goes with its container.
    Source: '',
    VolumeOptions: {
      NoCopy: false,
      Labels: labels,
      DriverConfig: { Name: '', Options: {} },
    },
  }))
}

class StackContainer extends GenericContainer {
  /** testcontainers publishes on every address of the machine, and keeps logs without a bound. */
  publishing({ ports = [], engine }: ContainerPlan): this {
    this.withExposedPorts(...ports.map(([container, host]) => ({ container, host })))
    this.hostConfig.PortBindings = Object.fromEntries(
      ports.map(([inside, published]) => [
        `${inside}/tcp`,
        [{ HostIp: engine.publishOn, HostPort: String(published) }],
      ]),
    )
    this.hostConfig.LogConfig = { Type: 'json-file', Config: { 'max-size': logBytes } }
    return this
  }

  /** testcontainers itself mounts only folders of this machine. */
  keepingIn(volumes: Dockerode.MountConfig): this {
    this.hostConfig.Mounts = volumes
    return this
  }
}

/** Whether it serves is asked by real calls, after this. */
const unawaited: WaitStrategy = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => unawaited,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}
