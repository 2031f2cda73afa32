// The workloads of the controls about effects. Each promises what its healthy twin promises.
import type { ExpectedEffect, Workload } from 'temporal-chaos'
import type { ApprovalInput } from '../../workflows/approval.ts'
import type { DurableDemoInput, DurableDemoResult } from '../../workflows/durable-demo.ts'
import { approval, durableDemo } from '../../workflows/workloads.ts'
import { doneKey, type OneEffectInput } from '../workflows/one-effect.ts'

type Input = Omit<OneEffectInput, 'activity'>

/** @param effect what is promised of the effect besides its key */
export function oneEffect(effect: Partial<ExpectedEffect> = {}): Workload<Input, undefined> {
  return {
    workflow: 'oneEffect',
    golden: ({ workflowId }) => ({
      outcomes: [{ status: 'completed', result: undefined }],
      effects: [{ ...effect, key: doneKey(workflowId) }],
    }),
  }
}

export const oneEffectOfNeighbour: Workload<Input, undefined> = {
  ...oneEffect(),
  workflow: 'oneEffectOfNeighbour',
}

export const reorderedDemo: Workload<Omit<DurableDemoInput, 'activity'>, DurableDemoResult> = {
  ...durableDemo,
  workflow: 'reorderedDemo',
}

export const hastyApproval: Workload<Omit<ApprovalInput, 'activity'>, unknown> = {
  ...approval,
  workflow: 'hastyApproval',
}

export const newestFirstApproval: typeof approval = { ...approval, workflow: 'newestFirstApproval' }

/** Without faults the effect is new. */
export const tellsItsReceipt: Workload<object, string> = {
  workflow: 'tellsItsReceipt',
  golden: ({ workflowId }) => ({
    outcomes: [{ status: 'completed', result: 'new' }],
    effects: [doneKey(workflowId)],
  }),
}
