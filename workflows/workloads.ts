// The workloads: each workflow with the outcome that it must have, whatever happens around it.
import type { Workload } from '../harness/index.ts'
import { defaultSleepMs, type DurableDemoInput, type DurableDemoResult } from './durable-demo.ts'

export const durableDemo: Workload<Omit<DurableDemoInput, 'activity'>, DurableDemoResult> = {
  workflow: 'durableDemo',
  golden: ({ workflowId, input }) => {
    const effects = [`${workflowId}/before-sleep`, `${workflowId}/after-sleep`]
    return { result: { effects, sleptMs: input.sleepMs ?? defaultSleepMs }, effects }
  },
}
