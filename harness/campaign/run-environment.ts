// What a run needs besides its plan, whoever executes it: a campaign, or a test of a user's own suite.
import type { Profile } from '../config/profiles.ts'
import type { ClusterSlot } from './cluster-slot.ts'
import type { PlannedRun } from './plan.ts'
import type { RunTools } from './run-tools.ts'

export interface RunEnvironment {
  readonly campaign: CampaignContext
  /** The cluster that this run got. */
  readonly slot: ClusterSlot
  readonly tools: RunTools
}

/** What all runs of a campaign have in common. */
export interface CampaignContext {
  readonly id: string
  readonly seed: number
  /** The campaign's report folder; runs write their records below it. */
  readonly folder: string
  readonly profile: Profile
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
  /** Told what a run is doing, step by step. */
  readonly onStep: (planned: PlannedRun, step: string) => void
}
