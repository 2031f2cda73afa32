// What a cluster is: the system under test apart from the workers. A backend makes one.
import type { BackendName } from '../config/backends.ts'
import type { ContainerNetwork } from '../containers/container-network.ts'
import type { Service } from './service.ts'
import type { Watched } from '../processes/watched.ts'

export interface Cluster extends AsyncDisposable {
  readonly backend: BackendName
  /** `host:port` of the Temporal frontend, as programs on this machine reach it. */
  readonly address: string
  readonly namespace: string
  /** `http://host:port/metrics` of the Temporal server. */
  readonly metricsUrl: string
  /** As the running server and database themselves say it. */
  readonly versions: { readonly server: string; readonly postgres: string }
  readonly server: Service
  readonly postgres: Service
  /** What workers in containers need; null where the cluster is none of containers. */
  readonly inside: ContainerNetwork | null
  /** What of it is up now and uses CPU and memory. */
  watched(): readonly Watched[]
  /** What the Temporal server has logged since an instant of the wall clock, and maybe some before it. */
  serverLogSince(sinceMs: number): Promise<string>
  /** Copies what each service has logged so far to `<folder>/<name>.log`. */
  saveLogs(folder: string): Promise<void>
  /**
   * Aborted when the server or the database dies, or what they stand on is gone, without the harness's doing. The reason
   * is a ChaosError: `CHAOS_SERVICE_DIED` (kind harness) or `CHAOS_SERVICE_PANICKED` (kind safety), which name the service
   * and carry the end of its log; `CHAOS_DISK_FULL`, `CHAOS_ENGINE_LOST` (kind harness).
   */
  readonly health: AbortSignal
}
