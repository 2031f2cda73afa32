// Broken twins of `durableDemo` that read the real clock, which the workflow sandbox hides behind `Date` but leaves in
// reach. A replay right after the run sees nearly the same clock.
import { proxyActivities, sleep, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../../workflows/activities.ts'
import type { DurableDemoInput, DurableDemoResult } from '../../workflows/durable-demo.ts'

function realNow(): number {
  const RealDate = Date.prototype.constructor as DateConstructor
  return RealDate.now()
}

const dayMs = 86_400_000

/** Sleeps only if the workflow is younger than a day by the real clock. */
export async function impatientDemo({
  sleepMs = 2_000,
  activity,
}: DurableDemoInput): Promise<DurableDemoResult> {
  const { recordEffect } = proxyActivities<Activities>(activity)
  const { workflowId, startTime } = workflowInfo()
  const before = await recordEffect({ key: `${workflowId}/before-sleep` })
  if (Math.abs(realNow() - startTime.getTime()) < dayMs) await sleep(sleepMs)
  const after = await recordEffect({ key: `${workflowId}/after-sleep` })
  return { effects: [before.key, after.key], sleptMs: sleepMs }
}

/** Stamps its effects with the real clock. */
export async function stampingDemo({
  sleepMs = 2_000,
  activity,
}: DurableDemoInput): Promise<DurableDemoResult> {
  const { recordEffect } = proxyActivities<Activities>(activity)
  const { workflowId } = workflowInfo()
  const before = await recordEffect({ key: `${workflowId}/before-sleep`, payload: realNow() })
  await sleep(sleepMs)
  const after = await recordEffect({ key: `${workflowId}/after-sleep`, payload: realNow() })
  return { effects: [before.key, after.key], sleptMs: sleepMs }
}
