// A container engine for tests: whether there is one with the images, and what a session has left in it.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import Docker from 'dockerode'
import { readConfig } from '../../harness/config.ts'
import { surveyImages } from '../../harness/stack/docker/choose-images.ts'
import { mayHaveEngine } from '../../harness/stack/docker/engine-place.ts'
import { openEngine } from '../../harness/stack/docker/engine.ts'
import { ownImages } from '../../harness/stack/docker/images.ts'
import { isSessionNetwork, sessionLabel } from '../../harness/stack/docker/marks.ts'

/** Null where stacks of containers can be started, else why not: `.ci/run` sees to it that they can. */
export async function whyNoContainers(): Promise<string | null> {
  if (!mayHaveEngine(process.env)) return 'there is no container engine'
  try {
    const engine = await openEngine(process.env)
    const { missing } = await surveyImages(engine, readConfig({}, {}))
    return missing.length === 0 ? null : `no image ${missing.join(', ')}`
  } catch (thrown) {
    return String(thrown)
  }
}

export const engineSocket = '/var/run/docker.sock'
export const docker = new Docker({ socketPath: engineSocket })

/** Containers and networks of whatever session, by name; other people's are not among them. */
export async function leftInEngine(): Promise<{ containers: string[]; networks: string[] }> {
  const containers = await docker.listContainers({ all: true, filters: { label: [sessionLabel] } })
  const networks = await docker.listNetworks({ filters: { name: ['temporal-chaos-'] } })
  const isOurs = (label = '') => /^[0-9a-f]{16}$/.test(label)
  return {
    containers: containers.flatMap(({ Names, Labels }) =>
      isOurs(Labels[sessionLabel]) ? [Names.join()] : [],
    ),
    networks: networks.flatMap(({ Name }) => (isSessionNetwork(Name) ? [Name] : [])),
  }
}

export const nothingInEngine: Awaited<ReturnType<typeof leftInEngine>> = { containers: [], networks: [] }

export interface EngineDoor extends AsyncDisposable {
  /** As `DOCKER_HOST` takes it. */
  readonly host: string
  /** Whoever came through is cut off, and nobody comes in any more, as while an engine restarts. */
  shut(): void
}

/** A way to the engine that can be shut. */
export async function openEngineDoor(folder: string): Promise<EngineDoor> {
  const socketPath = path.join(folder, 'engine.sock')
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const engine = connect(engineSocket)
    for (const socket of [client, engine]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      // The other side breaks off as this one does.
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

/** Somebody else's container and network, named nearly as ours are. */
export async function startForeignContainer(): Promise<ForeignContainer> {
  const name = `my-temporal-chaos-${randomUUID()}`
  const network = await docker.createNetwork({ Name: name })
  const container = await docker.createContainer({
    name,
    Image: ownImages.adminTools,
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
