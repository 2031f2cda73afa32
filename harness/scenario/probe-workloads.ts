// The workflows that the harness probes with, and what they must come to.
import {
  probeTargetName,
  probeWorkKey,
  probeWorkName,
  type ProbeTargetResult,
  type ProbeWorkResult,
} from '../core/probe-contract.ts'
import { completed, type Workload } from './workload.ts'

/** Waits without open work until it is released. */
export const probeTarget: Workload<object, ProbeTargetResult> = {
  workflow: probeTargetName,
  golden: () => ({ outcomes: [], effects: [] }),
}

/** The smallest piece of new work: one activity, one effect. */
export const probeWork: Workload<object, ProbeWorkResult> = {
  workflow: probeWorkName,
  golden: ({ workflowId }) => ({
    outcomes: [completed({ key: probeWorkKey(workflowId) })],
    effects: [probeWorkKey(workflowId)],
  }),
}
