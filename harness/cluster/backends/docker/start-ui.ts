// Temporal's web interface beside a cluster, for people who want to watch.
import type Dockerode from 'dockerode'
import { onFreePorts, saidInError } from '../../../processes/on-free-ports.ts'
import { untilServing } from '../../service/serving.ts'
import type { Exit } from '../../../processes/session.ts'
import type { Watched } from '../../../processes/watched.ts'
import { serverInside } from './addresses.ts'
import { endOfContainer } from '../../../containers/container-end.ts'
import { containerLog } from '../../../containers/container-log.ts'
import { usageOf } from '../../../containers/container-usage.ts'
import { explainFailedStart } from '../../../containers/engine/failures.ts'
import type { DockerEnvironment } from './docker-environment.ts'
import { removeContainer } from '../../../containers/cleanup/remove-container.ts'
import { startContainer } from '../../../containers/start-container.ts'
import { uiEnvironment, uiPortInside } from './ui-environment.ts'

const name = 'temporal-ui'
const answerMs = 2_000

export interface StartedUi extends AsyncDisposable {
  readonly container: Dockerode.Container
  readonly watched: readonly Watched[]
}

/** Reports its address once its page answers. @throws as `startDockerCluster` does */
export async function startUi(environment: DockerEnvironment): Promise<StartedUi> {
  const { engine, images, network, session, signal } = environment
  return onFreePorts(['ui'], saidInError, environment.onProgress, async ({ ui }) => {
    await using undo = new AsyncDisposableStack()
    const container = await explainFailedStart(images.ui, () =>
      startContainer({
        engine,
        sessionId: session.id,
        network,
        alias: name,
        image: images.ui,
        user: '1000:1000',
        command: [],
        env: uiEnvironment({ server: serverInside, hosts: [engine.host, 'localhost'], port: ui }),
        ports: [[uiPortInside, ui]],
        memoryGiB: 0.5,
      }),
    )
    undo.defer(() => removeContainer(container))
    const page = `http://${engine.host}:${ui}`
    const log = containerLog(container, `the log of ${images.ui}`)
    await untilServing({ name, exited: exitOf(container), log, signal }, () => askPage(page))
    environment.onProgress(`web interface: ${page}`)
    const made = undo.move()
    return {
      container,
      watched: [{ name, id: container.id, usage: () => usageOf(container) }],
      [Symbol.asyncDispose]: () => made.disposeAsync(),
    }
  })
}

async function askPage(page: string): Promise<void> {
  const answer = await fetch(page, { signal: AbortSignal.timeout(answerMs) })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${page} answers with ${answer.status}`)
}

/** Never settles if the engine goes away, because the services of the cluster report that. */
function exitOf(container: Dockerode.Container): Promise<Exit> {
  const { promise, resolve } = Promise.withResolvers<Exit>()
  endOfContainer(container).then(resolve, () => undefined)
  return promise
}
