// What the runs of a campaign stand on together: the stack, the observer, the bundle, the replaying child.
import type { Config } from '../config.ts'
import type { Profile } from '../profiles.ts'
import type { followHistory } from '../record/history-capture.ts'
import type { Observer } from '../record/observer.ts'
import type { Session } from '../stack/session.ts'
import type { Stack } from '../stack/stack.ts'
import type { Replayer } from '../worker/replayer.ts'
import type { WorkerOptions } from '../worker/worker.ts'
import type { PlannedRun } from './plan.ts'
import type { ResourceSampler } from './resources.ts'

/** Seams at which the harness's own tests put something broken, to see that it is caught. */
export interface Seams {
  readonly launch?: WorkerOptions['launch']
  readonly follow?: typeof followHistory
  /** Entry of the workflows that the worker runs. @default workflows/index.ts */
  readonly workflowsPath?: string
  /** Entry of the workflows that histories are replayed against. @default `workflowsPath` */
  readonly replayWorkflowsPath?: string
}

export interface Ground {
  readonly session: Session
  readonly stack: Stack
  readonly observer: Observer
  readonly bundle: string
  readonly replayer: Replayer
  readonly sampler: ResourceSampler
  readonly profile: Profile
  readonly config: Config
  readonly campaignId: string
  readonly campaignSeed: number
  /** The campaign's report folder. */
  readonly folder: string
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
  readonly seams: Seams
  /** Told what a run is doing, step by step. */
  readonly onStep: (planned: PlannedRun, step: string) => void
}
