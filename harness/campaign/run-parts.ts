// The parts of a campaign that can be exchanged. The harness's own tests put broken ones in, to see that they are caught.
import { availableParallelism } from 'node:os'
import { assets } from '../core/assets.ts'
import { followHistory } from '../temporal/history-capture.ts'
import { launchNodeWorker } from '../worker/launchers/node-bundle.ts'
import type { WorkerOptions } from '../worker/worker.ts'

export interface RunParts {
  readonly launch: NonNullable<WorkerOptions['launch']>
  readonly follow: typeof followHistory
  /** Entry of the workflows that workers run. */
  readonly workflowsPath: string
  /** Entry of the workflows that histories are replayed against. */
  readonly replayWorkflowsPath: string
  /** Cores that the number of clusters is reckoned from. */
  readonly cores: number
}

/** @param overrides stand in for the usual parts; workflows are replayed against those that were run, unless it says otherwise */
export function runParts(overrides: Partial<RunParts> = {}): RunParts {
  const workflowsPath = overrides.workflowsPath ?? assets.workflows
  return {
    launch: launchNodeWorker,
    follow: followHistory,
    replayWorkflowsPath: workflowsPath,
    cores: availableParallelism(),
    ...overrides,
    workflowsPath,
  }
}
