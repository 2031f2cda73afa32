// What the containers of one cluster share: the engine, the listeners for exits, and the end of all waiting.
import type { Log } from '../../../processes/log-tail.ts'
import type { Exit, Session } from '../../../processes/session.ts'
import type { ClusterNetwork } from '../../../containers/start-network.ts'
import type { Engine } from '../../../containers/engine/client.ts'
import type { ClusterImages } from '../../../containers/images/images.ts'
import type { Service } from '../../service.ts'

export interface DockerEnvironment {
  readonly session: Session
  readonly engine: Engine
  readonly images: ClusterImages
  readonly network: ClusterNetwork
  /** Aborted when the cluster ends, or when its creator gives up during the start-up. */
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** Called for an exit that the harness did not cause. */
  readonly died: (name: Service['name'], exit: Exit, log: Log) => void
  /** Called if the engine does not answer any more. */
  readonly lost: (error: unknown) => void
}
