// How workers are started: a launcher says which program is a worker, a host says where the program runs.
import type { Deadline } from '../core/deadline.ts'
import type { Profile } from '../config/profiles.ts'
import type { Replayer } from './replay/replayer.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import type { WorkerHost, WorkerProcess } from './worker-process.ts'

export interface WorkerLauncher {
  /** Kebab-case: `node-bundle`. */
  readonly kind: string
  /** What it starts, as it reads after "the worker is". */
  describe(): string
  /** Its workers register the workflows that the harness probes with (see probe-contract.ts). */
  readonly probes: boolean
  /** How long this worker may take from its start to its first polls. @default as long as the run may last */
  readyWithinMs?(worker: string): number | undefined
  /** Replays histories against the code of its workers; null if nothing can. */
  readonly replayer: Pick<Replayer, 'replay'> | null
  /** Starts one process of a worker. Done when the process runs, which is before it polls. @throws as `WorkerHost.start` */
  start(request: LaunchRequest): Promise<WorkerProcess>
}

/** One start of a worker. */
export interface LaunchRequest {
  readonly host: WorkerHost
  readonly worker: string
  /** Counts the starts of this worker, from 1. */
  readonly incarnation: number
  /** For people: the worker's name with the number of the start. */
  readonly label: string
  /** What the worker has to poll before it counts as ready. */
  readonly taskQueues: readonly PolledQueue[]
  readonly namespace: string
  /** The ledger, as this incarnation calls it. */
  readonly ledgerUrl: string
  readonly profile: Profile
  /** What the worker prints goes there, once it has ended at the latest. */
  readonly logFile: string
  /** The longest that the start may take. */
  readonly deadline: Deadline
}
