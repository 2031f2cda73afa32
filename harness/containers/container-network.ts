// The network of a cluster of containers, for further containers that join it.
import type { Engine } from './engine/client.ts'
import type { ClusterNetwork } from './start-network.ts'

/** What programs in containers need to take part. */
export interface ContainerNetwork {
  readonly engine: Engine
  readonly network: ClusterNetwork
  /** `host:port` of the Temporal frontend, in the network. */
  readonly address: string
  /** The address of this machine, as containers of the network reach it. */
  readonly gateway: string
}
