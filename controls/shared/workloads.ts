// The workloads of broken workflows. Each promises what its healthy twin promises.
import type { Workload } from 'temporal-chaos'
import type { ApprovalInput, ApprovalResult } from '../../workflows/approval.ts'
import {
  actionKey,
  type ActsAfterSleepInput,
  type ActsAfterSleepResult,
} from '../workflows/acts-after-sleep.ts'
import type { ThrowsAfterSleepInput } from '../workflows/throws-after-sleep.ts'
import { approval, durableDemo } from '../../workflows/workloads.ts'
import { branchKey, type StuckBranchInput, type StuckBranchResult } from '../workflows/stuck-branch.ts'

export const deafApproval: Workload<Omit<ApprovalInput, 'activity'>, ApprovalResult> = {
  ...approval,
  workflow: 'deafApproval',
}

export const stuckBranch: Workload<Omit<StuckBranchInput, 'activity'>, StuckBranchResult> = {
  workflow: 'stuckBranch',
  golden({ workflowId }) {
    const key = branchKey(workflowId)
    return { outcomes: [{ status: 'completed', result: { key } }], effects: [key] }
  },
}

export const actsAfterSleep: Workload<Omit<ActsAfterSleepInput, 'activity'>, ActsAfterSleepResult> = {
  workflow: 'actsAfterSleep',
  golden({ workflowId }) {
    const key = actionKey(workflowId)
    return { outcomes: [{ status: 'completed', result: { key } }], effects: [key] }
  },
}

export const throwsAfterSleep: Workload<ThrowsAfterSleepInput, void> = {
  workflow: 'throwsAfterSleep',
  golden: () => ({ outcomes: [{ status: 'completed', result: undefined }], effects: [] }),
}

export const impatientDemo: typeof durableDemo = { ...durableDemo, workflow: 'impatientDemo' }

export const stampingDemo: typeof durableDemo = { ...durableDemo, workflow: 'stampingDemo' }
