// The smallest workflow that uses every part of a worker: one activity with one effect.
import { proxyActivities, workflowInfo } from '@temporalio/workflow'
import { probeWorkKey, type ProbeWorkInput, type ProbeWorkResult } from 'temporal-chaos/probes'
import type { Activities } from './activities.ts'

export async function probeWork({ activity }: ProbeWorkInput): Promise<ProbeWorkResult> {
  const { recordEffect } = proxyActivities<Activities>(activity)
  const { key } = await recordEffect({ key: probeWorkKey(workflowInfo().workflowId) })
  return { key }
}
