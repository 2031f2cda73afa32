// Workers as containers in the network of a cluster of containers: with a worker goes its whole pod.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { explainFailedStart } from '../../containers/engine/failures.ts'
import { isOwnAddress } from '../../containers/engine/published-host.ts'
import { startContainer } from '../../containers/start-container.ts'
import type { Session } from '../../processes/session.ts'
import type { WorkerHost, WorkerProgram } from '../worker-process.ts'
import type { ContainerNetwork } from '../../containers/container-network.ts'
import { desktopHost } from '../../containers/engine/desktop-host.ts'
import { workerContainer } from './worker-container.ts'

const loopback = '127.0.0.1'
const folderInside = '/tmp'

/** @param image meets the contract of a worker's image in docker/images/README.md */
export async function containerHost(
  session: Session,
  network: ContainerNetwork,
  image: string,
): Promise<WorkerHost> {
  const isHere = await isOwnAddress(network.gateway)
  let started = 0
  return {
    harnessAddress: isHere ? network.gateway : desktopHost,
    listenOn: isHere ? network.gateway : loopback,
    temporalAddress: network.address,
    async start({ env, files }, logFile) {
      started += 1
      const inside = await filesInside(files)
      const name = `worker-${started}`
      const container = await explainFailedStart(image, () =>
        startContainer({
          engine: network.engine,
          sessionId: session.id,
          network: network.network,
          alias: name,
          image,
          user: '1000:1000',
          command: [],
          env: { ...env, ...inside.env },
          files: inside.files,
          memoryGiB: 2,
        }),
      )
      return workerContainer({ name, container }, logFile)
    },
  }
}

/** What the program reads, as the container sees it: the variable that names each file, and the files themselves. */
async function filesInside(files: WorkerProgram['files']) {
  const env: Record<string, string> = {}
  const content: Record<string, string> = {}
  for (const [variable, file] of Object.entries(files)) {
    const inside = `${folderInside}/${path.basename(file)}`
    env[variable] = inside
    content[inside] = await readFile(file, 'utf8')
  }
  return { env, files: content }
}
