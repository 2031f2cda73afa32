// The workloads of controls about what a history says: children, updates, timers, waiting.
import type { Workload } from 'temporal-chaos'
import { durableDemo } from '../../workflows/workloads.ts'
import type { DurableDemoInput, DurableDemoResult } from '../../workflows/durable-demo.ts'
import { abandonedKey, type AbandoningParentInput } from '../workflows/abandoning-parent.ts'
import type { FleesCancellationInput } from '../workflows/flees-cancellation.ts'
import type { ImpatientInput } from '../workflows/impatient-approval.ts'
import type { LiveCounterInput } from '../workflows/live-counter.ts'

const nothing = { outcomes: [{ status: 'completed', result: undefined }], effects: [] } as const

export const abandoningParent: Workload<Omit<AbandoningParentInput, 'activity'>, undefined> = {
  workflow: 'abandoningParent',
  golden: ({ workflowId }) => ({ ...nothing, effects: [abandonedKey(workflowId)] }),
}

export const forgetfulParent: Workload<Omit<AbandoningParentInput, 'activity'>, undefined> = {
  workflow: 'forgetfulParent',
  golden: () => nothing,
}

export const impatientApproval: Workload<ImpatientInput, string> = {
  workflow: 'impatientApproval',
  golden: () => ({ outcomes: [{ status: 'completed', result: 'closed' }], effects: [] }),
}

export const halfSleeper: Workload<Omit<DurableDemoInput, 'activity'>, DurableDemoResult> = {
  ...durableDemo,
  workflow: 'halfSleeper',
  golden({ workflowId, input }) {
    return durableDemo.golden({ workflowId, input })
  },
}

/** A healthy counter would have counted every tick. */
export const liveCounter: Workload<LiveCounterInput, number> = {
  workflow: 'liveCounter',
  queries: { counted: 'grows' },
  golden: ({ input: { ticks } }) => ({
    outcomes: [{ status: 'completed', result: ticks }],
    effects: [],
    answers: { counted: ticks },
  }),
}

export const idleWorkflow: Workload<object, string> = {
  workflow: 'idleWorkflow',
  golden: () => ({ outcomes: [{ status: 'completed', result: 'awake' }], effects: [] }),
}

/** What it answers to queries is for the scenario to say. */
export const undeclaredCounter: Workload<LiveCounterInput, number> = {
  workflow: 'liveCounter',
  golden: ({ input: { ticks } }) => ({ outcomes: [{ status: 'completed', result: ticks }], effects: [] }),
}

export const fleesCancellation: Workload<FleesCancellationInput, string> = {
  workflow: 'fleesCancellation',
  golden: () => ({ outcomes: [{ status: 'canceled' }], effects: [] }),
}
