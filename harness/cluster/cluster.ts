// What a cluster is: the Temporal service under test, apart from the workers. A backend makes one. Only the endpoint is
// always there: what else can be done to a cluster, or be seen of it, depends on whose it is (see capabilities.ts).
import type { BackendName } from '../config/backends.ts'
import type { ContainerNetwork } from '../containers/container-network.ts'
import type { Watched } from '../processes/watched.ts'
import type { TemporalEndpoint } from '../temporal/endpoint.ts'
import type { DatabaseReader } from './database-reader.ts'
import type { Service } from './service.ts'

export interface Cluster extends AsyncDisposable {
  readonly backend: BackendName
  readonly endpoint: TemporalEndpoint
  /** As the running server and database themselves say it; null if nobody can ask them. */
  readonly versions: { readonly server: string | null; readonly postgres: string | null }
  /** Its services can be killed, stopped, paused and started by the harness. */
  readonly controls?: ClusterControls
  readonly database?: DatabaseReader
  readonly logs?: ClusterLogs
  /** What workers in containers need to take part. */
  readonly containerNetwork?: ContainerNetwork
  /** What of it is up now and uses CPU and memory of this machine. */
  watched(): readonly Watched[]
  /**
   * Aborted when the server or the database dies, or what they stand on is gone, without the harness's doing. The reason
   * is a ChaosError: `CHAOS_SERVICE_DIED` (kind harness) or `CHAOS_SERVICE_PANICKED` (kind safety), which name the service
   * and carry the end of its log; `CHAOS_DISK_FULL`, `CHAOS_ENGINE_LOST` (kind harness).
   */
  readonly health: AbortSignal
}

export interface ClusterControls {
  readonly services: readonly Service[]
}

export interface ClusterLogs {
  /** What the Temporal server has logged since an instant of the wall clock, and maybe some before it. */
  serverSince(sinceMs: number): Promise<string>
  /** Copies what each service has logged so far to `<folder>/<name>.log`. */
  save(folder: string): Promise<void>
}
