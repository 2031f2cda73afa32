// Activities whose effects are broken on purpose, or only look broken. Each is named for what it does.
import { setTimeout as pause } from 'node:timers/promises'
import { activityInfo, heartbeat } from '@temporalio/activity'
import { act, type LedgerAccess } from '../../fixtures/activities.ts'
import type { EffectReceipt } from '../../workflows/activities.ts'

export interface KeyInput {
  readonly key: string
}

type KeyActivity = (input: KeyInput) => Promise<EffectReceipt>

export interface EffectActivities {
  /** Healthy: acts at once and works on for a while. */
  actThenLinger: KeyActivity
  /** Healthy, but slow to hear of its cancellation: it works for a while, and then acts in any case. */
  actHoweverLate: KeyActivity
  /** Its outcome is reported before its effect. */
  reportThenAct: KeyActivity
  /** Sends the number of its attempt, so that the next attempt sends other data. */
  actWithItsAttempt: KeyActivity
  /** Makes a new key for each attempt, so that no attempt can repeat another one. */
  actUnderItsAttempt: KeyActivity
  /** Calls twice under the same key. */
  actTwice: KeyActivity
  /** Sends an amount that is ten times too high. */
  actWithWrongAmount: KeyActivity
  /** Names an activity that its workflow never scheduled. */
  actInNobodysName: KeyActivity
}

const workMs = 1_200
const stepMs = 100

export function createEffectActivities(ledger: LedgerAccess): EffectActivities {
  const lingering = async (effect: Parameters<typeof act>[1]) => {
    const receipt = await act(ledger, effect)
    await linger()
    return receipt
  }
  return {
    actThenLinger: lingering,
    async actHoweverLate(effect) {
      await linger()
      return act(ledger, effect)
    },
    async reportThenAct(effect) {
      void pause(4 * stepMs).then(() => act(ledger, effect))
      return { key: effect.key, outcome: 'new' }
    },
    actWithItsAttempt: ({ key }) => lingering({ key, payload: { attempt: activityInfo().attempt } }),
    actUnderItsAttempt: ({ key }) => lingering({ key: `${key}/${activityInfo().attempt}` }),
    async actTwice(effect) {
      await act(ledger, effect)
      return act(ledger, effect)
    },
    actWithWrongAmount: ({ key }) => act(ledger, { key, payload: { amount: 50 } }),
    async actInNobodysName({ key }) {
      const { workflowExecution, attempt } = activityInfo()
      const effect = { ...workflowExecution, key, activityId: '77', attempt, payload: null }
      await fetch(`${ledger.url}/effects`, { method: 'POST', body: JSON.stringify(effect) })
      return { key, outcome: 'new' }
    },
  }
}

/** Works for a while with heartbeats, and does not listen to a cancellation. */
async function linger(): Promise<void> {
  for (let workedMs = 0; workedMs < workMs; workedMs += stepMs) {
    heartbeat()
    await pause(stepMs)
  }
}
