// A container engine for tests: whether there is one, its images, and leftovers of sessions in it.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import Docker from 'dockerode'
import { readConfig } from '../../harness/config/config.ts'
import { hasImage, imagesMissing, inspectImages } from '../../harness/containers/images/choose-images.ts'
import { mayHaveEngine } from '../../harness/containers/engine/docker-host.ts'
import { openEngine } from '../../harness/containers/engine/client.ts'
import { ownImages, workerImage, type ClusterImages } from '../../harness/containers/images/images.ts'
import { isSessionId, sessionLabel, sessionOfNetwork } from '../../harness/containers/cleanup/labels.ts'

/** Which tests can run here: null if they can, else the reason why not. */
export interface Containers {
  readonly whyNot: string | null
  /** The same for workers in containers. */
  readonly whyNoWorkers: string | null
  /** The same for the web interface. */
  readonly whyNoUi: string | null
  /** The images of clusters. */
  readonly images: ClusterImages
}

/** @throws if `CI_DOCKER` says that nothing may be skipped: `.ci/run` provides the engine and all images */
export async function surveyContainers(): Promise<Containers> {
  const found = await inspectEngine()
  const why = found.whyNot ?? found.whyNoWorkers ?? found.whyNoUi
  if (why !== null && process.env['CI_DOCKER'] === '1') throw new Error(`CI_DOCKER=1, but ${why}`)
  return found
}

async function inspectEngine(): Promise<Containers> {
  const none = (why: string) => ({ whyNot: why, whyNoWorkers: why, whyNoUi: why, images: ownImages })
  if (!mayHaveEngine(process.env)) return none('there is no container engine')
  try {
    const engine = await openEngine(process.env)
    const whyNo = (missing: readonly string[]) =>
      missing.length === 0 ? null : imagesMissing(missing).message
    const { images, missing } = await inspectImages(engine, readConfig({}, {}))
    const withUi = await inspectImages(engine, readConfig({ ui: true }, {}))
    const worker = await workerImage()
    const isThere = await hasImage(engine.docker, worker)
    return {
      whyNot: whyNo(missing),
      whyNoWorkers: whyNo(isThere ? missing : [...missing, worker]),
      whyNoUi: whyNo(withUi.missing),
      images,
    }
  } catch (thrown) {
    return none(String(thrown))
  }
}

/** The end of a skipped test's name, with the reason. */
export function because(why: string | null): string {
  return why === null ? '' : ` (${why})`
}

export const engineSocket = '/var/run/docker.sock'
export const docker = new Docker({ socketPath: engineSocket })

/** Containers, networks and volumes of all sessions, by name; those of other programs are left out. */
export async function leftInEngine(): Promise<Record<'containers' | 'networks' | 'volumes', string[]>> {
  const containers = await docker.listContainers({ all: true, filters: { label: [sessionLabel] } })
  const networks = await docker.listNetworks({ filters: { name: ['temporal-chaos-'] } })
  const { Volumes } = await docker.listVolumes({ filters: { label: [sessionLabel] } })
  return {
    containers: containers.flatMap(({ Names, Labels }) =>
      isSessionId(Labels[sessionLabel] ?? '') ? [Names.join()] : [],
    ),
    networks: networks.flatMap(({ Name }) => (sessionOfNetwork(Name) === undefined ? [] : [Name])),
    volumes: Volumes.map(({ Name }) => Name),
  }
}

export const nothingInEngine: Awaited<ReturnType<typeof leftInEngine>> = {
  containers: [],
  networks: [],
  volumes: [],
}

export interface EngineDoor extends AsyncDisposable {
  /** In the format of `DOCKER_HOST`. */
  readonly host: string
  /** Cuts all connections and accepts no more, as during a restart of the engine. */
  shut(): void
}

/** A connection to the engine that can be shut. */
export async function openEngineDoor(folder: string): Promise<EngineDoor> {
  const socketPath = path.join(folder, 'engine.sock')
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const engine = connect(engineSocket)
    for (const socket of [client, engine]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      // The other side breaks off together with this one.
      socket.on('error', () => undefined)
    }
    client.pipe(engine).pipe(client)
  }).listen(socketPath)
  await once(server, 'listening')
  const shut = () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return {
    host: `unix://${socketPath}`,
    shut,
    async [Symbol.asyncDispose]() {
      shut()
    },
  }
}

export interface ForeignContainer extends AsyncDisposable {
  isThere(): Promise<{ container: boolean; network: boolean }>
}

/** A foreign container and network, with names similar to those of sessions. */
export async function startForeignContainer({ adminTools }: ClusterImages): Promise<ForeignContainer> {
  const name = `my-temporal-chaos-${randomUUID()}`
  const network = await docker.createNetwork({ Name: name })
  const container = await docker.createContainer({
    name,
    Image: adminTools,
    Entrypoint: ['sleep', '600'],
    Labels: { [sessionLabel]: 'of somebody else' },
    HostConfig: { NetworkMode: name },
  })
  await container.start()
  return {
    async isThere() {
      const { State } = await container.inspect()
      const { Name } = (await network.inspect()) as { Name: string }
      return { container: State.Running, network: Name === name }
    },
    async [Symbol.asyncDispose]() {
      await container.remove({ force: true })
      await network.remove()
    },
  }
}
