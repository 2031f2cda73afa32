// The contract of the probes: what a worker registers in addition to its own workflows, so that the harness can probe it.
// Workflow code imports this module as `temporal-chaos/probes`, so only types may be imported here.
import type { ActivityOptions, QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'

/** The names that the two workflows are registered by. */
export const probeTargetName = 'probeTarget'
export const probeWorkName = 'probeWork'

/** A probeTarget's counts of updates (nudges) and signals (pokes), once it was released. */
export interface ProbeTargetResult {
  readonly nudges: number
  readonly pokes: number
}

export const ping = { type: 'query', name: 'ping' } as QueryDefinition<'pong'>
/** Answers with the number of nudges so far. */
export const nudge = { type: 'update', name: 'nudge' } as UpdateDefinition<number>
export const poke = { type: 'signal', name: 'poke' } as SignalDefinition
/** Ends a probeTarget. */
export const release = { type: 'signal', name: 'release' } as SignalDefinition

export interface ProbeWorkInput {
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

/** Names the one effect of a probeWork. */
export interface ProbeWorkResult {
  readonly key: string
}

/** The key of the one effect that a probeWork records. */
export function probeWorkKey(workflowId: string): string {
  return `${workflowId}/${probeWorkName}`
}
