// The smallest durable workflow: act, sleep, act again. Nothing may be lost or done twice if its worker dies.
import {
  ApplicationFailure,
  defineQuery,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from './activities.ts'

export type DurableDemoPhase = 'acting' | 'asleep' | 'acting-again' | 'done'

export interface DurableDemoInput {
  /** @default 5_000; at most 24 h */
  readonly sleepMs?: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface DurableDemoResult {
  readonly effects: readonly string[]
  readonly sleptMs: number
}

export const defaultSleepMs = 5_000
const longestSleepMs = 24 * 60 * 60 * 1_000

export const progress = defineQuery<DurableDemoPhase>('progress')

export async function durableDemo(input: DurableDemoInput): Promise<DurableDemoResult> {
  const sleepMs = input.sleepMs ?? defaultSleepMs
  if (!(sleepMs > 0 && sleepMs <= longestSleepMs)) {
    throw ApplicationFailure.nonRetryable(
      `sleepMs must be above 0 and at most ${longestSleepMs}, got ${sleepMs}`,
    )
  }
  let phase: DurableDemoPhase = 'acting'
  setHandler(progress, () => phase)
  const { recordEffect } = proxyActivities<Activities>(input.activity)
  const { workflowId } = workflowInfo()

  const before = await recordEffect({ key: `${workflowId}/before-sleep` })
  phase = 'asleep'
  await sleep(sleepMs)
  phase = 'acting-again'
  const after = await recordEffect({ key: `${workflowId}/after-sleep` })
  phase = 'done'
  return { effects: [before.key, after.key], sleptMs: sleepMs }
}
