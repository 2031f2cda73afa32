// Activities whose attempts hang or fail on purpose.
import { activityInfo, sleep } from '@temporalio/activity'
import { act, type LedgerAccess } from '../../fixtures/activities.ts'
import type { EffectReceipt, SlowEffectInput } from '../../workflows/activities.ts'

type Effecting = (input: SlowEffectInput) => Promise<EffectReceipt>

export interface FailingActivities {
  /** Two attempts do nothing until their timeout; the third one acts. */
  readonly hangTwice: Effecting
  /** Two attempts fail with "503"; the third one acts. */
  readonly refuseTwice: Effecting
  readonly hangForGood: Effecting
}

const forGoodMs = 600_000

export function createFailingActivities(ledger: LedgerAccess): FailingActivities {
  return {
    async hangTwice({ key }) {
      if (activityInfo().attempt < 3) await sleep(forGoodMs)
      return act(ledger, { key })
    },
    async refuseTwice({ key }) {
      if (activityInfo().attempt < 3) throw new Error('503')
      return act(ledger, { key })
    },
    async hangForGood({ key }) {
      await sleep(forGoodMs)
      return act(ledger, { key })
    },
  }
}
