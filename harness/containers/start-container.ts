// Starts a container of a cluster: labelled with its session, with limits, without privileges, published for
// this machine only.
import { buffer } from 'node:stream/consumers'
import type Dockerode from 'dockerode'
import { pack } from 'tar-stream'
import type { ClusterNetwork } from './start-network.ts'
import type { Engine } from './engine/client.ts'
import { nameInEngine } from './testcontainers.ts'
import { removeContainer } from './cleanup/remove-container.ts'
import { sessionLabels } from './cleanup/owner.ts'

export interface ContainerPlan {
  readonly engine: Engine
  readonly sessionId: string
  /** That of a cluster; or the engine's machine's own, without one of the container's. @default the engine's usual one */
  readonly network?: ClusterNetwork | 'host'
  /** Its name in the network, and its host name on the machine's own. */
  readonly alias: string
  readonly image: string
  /** As `docker run --user` takes it. @default the image's */
  readonly user?: string
  /** Whether it may do what the engine lets containers do, as a user's own image may need. @default false */
  readonly hasUsualRights?: boolean
  readonly entrypoint?: readonly string[]
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Files in the container, by their paths. */
  readonly files?: Readonly<Record<string, string>>
  /** Port in the container -> port on this machine. */
  readonly ports?: readonly (readonly [inside: number, published: number])[]
  /** @default no limit */
  readonly memoryGiB?: number
}

const cpusEach = 2
const logBytes = '64m'

/** Resolves once the container runs, whether or not it serves. Pulls nothing. @throws what the engine says */
export async function startContainer(plan: ContainerPlan): Promise<Dockerode.Container> {
  const container = await plan.engine.docker.createContainer(await createOptions(plan))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => removeContainer(container))
  // A second network: the engine's default one keeps its ports published while it is cut off the cluster's.
  if (typeof plan.network === 'object') {
    await plan.engine.docker
      .getNetwork(plan.network.id)
      .connect({ Container: container.id, EndpointConfig: { Aliases: [plan.alias] } })
  }
  await copyInto(container, plan.files ?? {})
  await container.start()
  undo.move()
  return container
}

/** @param files by their absolute paths in the container */
export async function copyInto(
  container: Dockerode.Container,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  if (Object.keys(files).length === 0) return
  const archive = pack()
  for (const [path, content] of Object.entries(files))
    archive.entry({ name: path.replace(/^\//, ''), mode: 0o644 }, content)
  archive.finalize()
  await container.putArchive(await buffer(archive), { path: '/' })
}

async function createOptions(plan: ContainerPlan): Promise<Dockerode.ContainerCreateOptions> {
  const { engine, ports = [], entrypoint, command, network, user, memoryGiB, hasUsualRights = false } = plan
  const labels = sessionLabels(plan.sessionId)
  return {
    Image: nameInEngine(plan.image),
    ...(user === undefined ? {} : { User: user }),
    ...(network === 'host' ? { Hostname: plan.alias } : {}),
    ...(entrypoint === undefined ? {} : { Entrypoint: [...entrypoint] }),
    // An empty list would take the image's own command away.
    ...(command.length === 0 ? {} : { Cmd: [...command] }),
    Env: Object.entries(plan.env ?? {}).map(([name, value]) => `${name}=${value}`),
    Labels: labels,
    ExposedPorts: Object.fromEntries(ports.map(([inside]) => [`${inside}/tcp`, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(
        ports.map(([inside, published]) => [
          `${inside}/tcp`,
          [{ HostIp: engine.publishOn, HostPort: String(published) }],
        ]),
      ),
      LogConfig: { Type: 'json-file', Config: { 'max-size': logBytes } },
      Mounts: await labelledVolumes(plan, labels),
      ...(network === 'host' ? { NetworkMode: network } : {}),
      ...(memoryGiB === undefined ? {} : { Memory: memoryGiB * 1024 ** 3 }),
      NanoCpus: Math.min(cpusEach, engine.cpus) * 1e9,
      ...(hasUsualRights ? {} : { CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] }),
    },
  }
}

/**
 * The volumes that the image declares, with the session's labels. An engine that goes down while it removes a
 * container may leave its volumes behind, and only the labels tell whose they are.
 */
async function labelledVolumes(
  { engine, image }: ContainerPlan,
  labels: Record<string, string>,
): Promise<Dockerode.MountConfig> {
  const { Config } = await engine.docker.getImage(nameInEngine(image)).inspect()
  return Object.keys(Config.Volumes ?? {}).map((target) => ({
    Type: 'volume',
    Target: target,
    // A volume without a name is removed with its container.
    Source: '',
    VolumeOptions: { NoCopy: false, Labels: labels, DriverConfig: { Name: '', Options: {} } },
  }))
}
