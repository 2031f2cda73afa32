// `durableDemo` with its two effects in the wrong order.
import { proxyActivities, sleep, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../../workflows/activities.ts'
import {
  defaultSleepMs,
  type DurableDemoInput,
  type DurableDemoResult,
} from '../../workflows/durable-demo.ts'

export async function reorderedDemo(input: DurableDemoInput): Promise<DurableDemoResult> {
  const { recordEffect } = proxyActivities<Activities>(input.activity)
  const { workflowId } = workflowInfo()
  const { sleepMs = defaultSleepMs } = input
  const after = await recordEffect({ key: `${workflowId}/after-sleep` })
  await sleep(sleepMs)
  const before = await recordEffect({ key: `${workflowId}/before-sleep` })
  return { effects: [before.key, after.key], sleptMs: sleepMs }
}
