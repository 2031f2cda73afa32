// Temporal's web interface beside a stack, for people who want to look on.
import { onFreePorts } from '../service/on-free-ports.ts'
import type { Watched } from '../watched.ts'
import { serverInside } from './addresses.ts'
import { usageOf } from './container-usage.ts'
import { explained, takenPort } from './engine-failures.ts'
import type { DockerGround } from './ground.ts'
import { removeContainer } from './remove-container.ts'
import { startContainer } from './stack-container.ts'

const portInside = 8080

export interface StartedUi extends AsyncDisposable {
  readonly watched: readonly Watched[]
}

/** Says where it is; does not wait for it: nothing depends on it. */
export async function startUi(ground: DockerGround): Promise<StartedUi> {
  const { engine, images, network, session } = ground
  return onFreePorts(['ui'], takenPort, ground.onProgress, async ({ ui }) => {
    const container = await explained(images.ui, () =>
      startContainer({
        engine,
        sessionId: session.id,
        network,
        alias: 'temporal-ui',
        image: images.ui,
        user: '1000:1000',
        command: [],
        env: {
          TEMPORAL_ADDRESS: `${serverInside.host}:${serverInside.port}`,
          TEMPORAL_UI_PORT: String(portInside),
        },
        ports: [[portInside, ui]],
        memoryGiB: 0.5,
      }),
    )
    ground.onProgress(`web interface: http://${engine.host}:${ui}`)
    return {
      watched: [{ name: 'temporal-ui', id: container.id, usage: () => usageOf(container) }],
      [Symbol.asyncDispose]: () => removeContainer(container),
    }
  })
}
