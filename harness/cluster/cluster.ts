// A cluster: the Temporal service under test, without its workers. Every cluster has an endpoint; everything
// else depends on who runs it (see capabilities.ts).
import type { BackendName } from '../config/backends.ts'
import type { ContainerNetwork } from '../containers/container-network.ts'
import type { Watched } from '../processes/watched.ts'
import type { ClockOffset } from '../temporal/clock-offset.ts'
import type { TemporalEndpoint } from '../temporal/endpoint.ts'
import type { DatabaseReader } from './database-reader.ts'
import type { Service } from './service.ts'

export interface Cluster extends AsyncDisposable {
  readonly backend: BackendName
  readonly endpoint: TemporalEndpoint
  /** Reported by the running server and database; null if they cannot be asked. */
  readonly versions: { readonly server: string | null; readonly postgres: string | null }
  /** Its services can be killed, stopped, paused and started by the harness. */
  readonly controls?: ClusterControls
  readonly database?: DatabaseReader
  readonly logs?: ClusterLogs
  /** The server's dynamic configuration, if it is a file of this machine. */
  readonly dynamicConfigFile?: string
  /** How its clock goes beside ours, if that was measured when it was opened. */
  readonly clockOffset?: ClockOffset
  /** For workers in containers. */
  readonly containerNetwork?: ContainerNetwork
  /** The parts that are up now and use CPU and memory of this machine. */
  watched(): readonly Watched[]
  /**
   * Aborted when the server, the database, their disk or their engine fails without the harness's doing. The
   * reason is a ChaosError: `CHAOS_SERVICE_DIED` (kind harness) or `CHAOS_SERVICE_PANICKED` (kind unmet),
   * which name the service and carry the end of its log; `CHAOS_DISK_FULL`, `CHAOS_ENGINE_LOST` (kind
   * harness).
   */
  readonly health: AbortSignal
}

export interface ClusterControls {
  readonly services: readonly Service[]
}

export interface ClusterLogs {
  /** The Temporal server's log since an instant of the wall clock, maybe with some lines from before. Absent if it tells no times. */
  readonly serverSince?: (sinceMs: number) => Promise<string>
  /** Copies what each service has logged so far to `<folder>/<name>.log`. */
  save(folder: string): Promise<void>
}
