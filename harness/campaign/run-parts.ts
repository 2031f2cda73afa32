// The parts of a campaign that can be exchanged. The harness's own tests put broken ones in, to see that they are caught.
import { availableParallelism } from 'node:os'
import type { StartCluster } from '../cluster/open-backend.ts'
import { assets } from '../core/assets.ts'
import type { Profile } from '../config/profiles.ts'
import type { TableReader } from '../effects/rows/table-reader.ts'
import type { Session } from '../processes/session.ts'
import { followHistory } from '../temporal/history-capture.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { PayloadReader } from '../temporal/payload-reader.ts'
import type { WorkerLauncher } from '../worker/launcher.ts'

export interface RunParts {
  /** Given the usual launcher, the one for the workers of this scenario. */
  readonly launcher: (usual: WorkerLauncher, scenario: Scenario) => WorkerLauncher
  /** The Node program that is the worker. */
  readonly workerProgram: string
  /** File of a module that exports the `dataConverter` of everybody who reads or writes payloads; null for the SDK's own. */
  readonly dataConverter: string | null
  /** Who reads and writes payloads for the harness alone: workers of a user have their own. @default null, `dataConverter` */
  readonly openReader: ((namespace: string) => Promise<PayloadReader>) | null
  readonly follow: typeof followHistory
  /** The launcher of workers of a user: no bundle is made, and no replayer of ours. @default null */
  readonly openLauncher: ((session: Session) => Promise<WorkerLauncher & AsyncDisposable>) | null
  /** Where the first cluster's frontend should listen, if that port is free. @default null, anywhere */
  readonly frontendPort: number | null
  /**
   * Provides clusters instead of a backend that starts some. The signal ends all waiting, and what is started is of
   * the session. @default null
   */
  readonly clusters: ((signal: AbortSignal, session: Session) => StartCluster) | null
  /** What the command line says to allow faults on an external cluster: commands that repeat a run say it again. @default null */
  readonly consent: CampaignResult['campaign']['consent'] | null
  /** Queries of a user's own tables, for every run to look at. @default none */
  readonly tables: readonly TableReader[]
  /** The user's project that is tested, by its file's name, and the profile of its own. @default null */
  readonly project: { readonly file: string; readonly profile: Profile } | null
  /** Entry of the workflows that workers run. */
  readonly workflowsPath: string
  /** Entry of the workflows that histories are replayed against. */
  readonly replayWorkflowsPath: string
  /** Whether runs of a scenario are held against a golden run, also if the setting does not ask for it. */
  readonly isGoldenWanted: (scenario: Scenario) => boolean
  /** From which the number of clusters follows, and how many runs may inject at a time. */
  readonly cores: number
}

/** @param overrides stand in for the usual parts; workflows are replayed against those that were run, unless it says otherwise */
export function runParts(overrides: Partial<RunParts> = {}): RunParts {
  const workflowsPath = overrides.workflowsPath ?? assets.workflows
  return {
    launcher: (usual) => usual,
    workerProgram: assets.nodeWorker,
    dataConverter: null,
    openReader: null,
    follow: followHistory,
    openLauncher: null,
    frontendPort: null,
    clusters: null,
    consent: null,
    tables: [],
    project: null,
    replayWorkflowsPath: workflowsPath,
    isGoldenWanted: () => false,
    cores: availableParallelism(),
    ...overrides,
    workflowsPath,
  }
}
