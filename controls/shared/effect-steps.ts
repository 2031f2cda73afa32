// Steps of the controls about effects.
import { setTimeout as pause } from 'node:timers/promises'
import { timerStarted, type ExpectedEffect, type ScenarioContext } from 'temporal-chaos'
import { doneKey, type OneEffectInput } from '../workflows/one-effect.ts'
import { oneEffect } from './effect-workloads.ts'

const withinMs = 20_000

/** Resolves once the ledger has accepted the key. */
export async function untilAccepted({ effectOf }: ScenarioContext, key: string): Promise<void> {
  const deadline = AbortSignal.timeout(withinMs)
  while (effectOf(key) === undefined) await pause(20, undefined, { signal: deadline })
}

/** The worker dies after the effect was accepted, and before its activity is over. */
export async function workerDiesAfterEffect(
  run: ScenarioContext,
  input: Omit<OneEffectInput, 'activity'>,
  key = doneKey,
): Promise<void> {
  const { worker, start } = run
  const work = await start(oneEffect(), input)
  await untilAccepted(run, key(work.workflowId))
  await worker.kill()
  await worker.restart()
  await work.completes()
}

/** The worker dies in the sleep that follows the activity, once the effect was accepted. */
export async function workerDiesAsleep(
  run: ScenarioContext,
  by: OneEffectInput['by'],
  effect: Partial<ExpectedEffect> = {},
): Promise<void> {
  const { worker, start, reach } = run
  const work = await start(oneEffect(effect), { by })
  await reach(timerStarted(work))
  await untilAccepted(run, doneKey(work.workflowId))
  await worker.kill()
  await worker.restart()
  await work.completes()
}
