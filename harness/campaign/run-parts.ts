// The parts of a campaign that can be exchanged. The harness's own tests put broken ones in, to see that they are caught.
import { availableParallelism } from 'node:os'
import { assets } from '../core/assets.ts'
import { followHistory } from '../temporal/history-capture.ts'
import type { WorkerLauncher } from '../worker/launcher.ts'

export interface RunParts {
  /** Given the usual launcher, the one that is used. */
  readonly launcher: (usual: WorkerLauncher) => WorkerLauncher
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
    launcher: (usual) => usual,
    follow: followHistory,
    replayWorkflowsPath: workflowsPath,
    cores: availableParallelism(),
    ...overrides,
    workflowsPath,
  }
}
