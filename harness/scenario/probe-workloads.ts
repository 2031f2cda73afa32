// The workflows that the harness probes with. Workers register these two in addition to their own workflows.
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'
import { completed, type Workload } from './workload.ts'

/** The result of a probeTarget: its counts of updates (nudged) and signals (poked). */
export interface ProbeTargetResult {
  readonly nudges: number
  readonly pokes: number
}

/** Waits without open work until it is released. */
export const probeTarget: Workload<object, ProbeTargetResult> = {
  workflow: 'probeTarget',
  golden: () => ({ outcomes: [], effects: [] }),
}

export const ping = { type: 'query', name: 'ping' } as QueryDefinition<string>
export const nudge = { type: 'update', name: 'nudge' } as UpdateDefinition<number>
export const poke = { type: 'signal', name: 'poke' } as SignalDefinition
export const release = { type: 'signal', name: 'release' } as SignalDefinition

/** The smallest piece of new work: one activity, one effect. */
export const probeWork: Workload<object, { readonly key: string }> = {
  workflow: 'probeWork',
  golden: ({ workflowId }) => ({
    outcomes: [completed({ key: `${workflowId}/probeWork` })],
    effects: [`${workflowId}/probeWork`],
  }),
}
