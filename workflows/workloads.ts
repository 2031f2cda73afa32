// The workloads: each workflow with the outcome that it must have whatever faults happen. The harness itself
// has those of its probes (probeTarget, probeWork).
import type { ExpectedEffect, Workload } from 'temporal-chaos'
import type { ApprovalInput, ApprovalResult } from './approval.ts'
import { amend, amendmentKey, decide, decisionKey, type Amendment, type Decision } from './decision.ts'
import { defaultSleepMs, type DurableDemoInput, type DurableDemoResult } from './durable-demo.ts'
import { countedKey, defaultSteps, type LongActivityInput, type LongActivityResult } from './long-activity.ts'
import { builtKey, defaultSize, type LongHistoryInput, type LongHistoryResult } from './long-history.ts'
import { pipelineEffects, type PipelineInput, type PipelineResult } from './pipeline.ts'

export const durableDemo: Workload<Omit<DurableDemoInput, 'activity'>, DurableDemoResult> = {
  workflow: 'durableDemo',
  queries: { progress: ['acting', 'asleep', 'acting-again', 'done'] },
  golden({ workflowId, input: { sleepMs = defaultSleepMs } }) {
    const [before, after] = [`${workflowId}/before-sleep`, `${workflowId}/after-sleep`]
    return {
      outcomes: [{ status: 'completed', result: { effects: [before, after], sleptMs: sleepMs } }],
      effects: [
        { key: before, payload: null },
        { key: after, payload: null, after: [before] },
      ],
      timersMs: [sleepMs],
      answers: { progress: 'done' },
    }
  },
}

export const longActivity: Workload<Omit<LongActivityInput, 'activity'>, LongActivityResult> = {
  workflow: 'longActivity',
  golden({ workflowId, input: { steps = defaultSteps } }) {
    const key = countedKey(workflowId)
    return {
      outcomes: [{ status: 'completed', result: { steps, key } }],
      // Each attempt reports its own progress.
      effects: [{ key, payloadMayDiffer: true }],
    }
  },
}

/**
 * The scenario decides the outcome, and names it when it awaits completion. An approval that times out has an
 * effect of its own, `timeoutKey`.
 */
export const approval: Workload<Omit<ApprovalInput, 'activity'>, ApprovalResult> = {
  workflow: 'approval',
  queries: {
    status: {
      phase: ['open', ['approved', 'rejected', 'timed-out', 'canceled']],
      decisions: 'grows',
      amount: 'free',
    },
  },
  golden: () => ({ outcomes: [], effects: [] }),
  effectsOf({ workflowId, name, args: [message] }) {
    if (name === decide.name) return [decisionEffect(workflowId, message as Decision)]
    if (name === amend.name) return [amendmentKey(workflowId, message as Amendment)]
    return []
  },
}

export const pipeline: Workload<Omit<PipelineInput, 'activity' | 'carried'>, PipelineResult> = {
  workflow: 'pipeline',
  queries: { progress: 'grows' },
  golden({ workflowId, input }) {
    const effects = pipelineEffects(workflowId, input)
    const result = { items: input.items, effects: effects.length }
    return { outcomes: [{ status: 'completed', result }], effects }
  },
}

/** Ends when the scenario sends `finish`. */
export const longHistory: Workload<Omit<LongHistoryInput, 'activity'>, LongHistoryResult> = {
  workflow: 'longHistory',
  golden: ({ workflowId, input: { size = defaultSize } }) => ({
    outcomes: [{ status: 'completed', result: { size } }],
    effects: [{ key: builtKey(workflowId), payload: null }],
  }),
}

/** Whether a decision came in time is decided by the workflow. */
function decisionEffect(workflowId: string, message: Decision): ExpectedEffect {
  const { decision, reason } = message
  const payloads = [false, true].map((late) => ({ decision, reason, late }))
  return { key: decisionKey(workflowId, message), payloads }
}
