// Activities that are broken on purpose, beside the ordinary ones.
import { createActivities, type LedgerAccess } from '../../fixtures/activities.ts'
import { createEffectActivities } from './effect-activities.ts'
import { createFailingActivities } from './failing-activities.ts'
import { createRoutingActivities } from './routing-activities.ts'

export function createControlActivities(ledger: LedgerAccess) {
  return {
    ...createActivities(ledger),
    ...createEffectActivities(ledger),
    ...createFailingActivities(ledger),
    ...createRoutingActivities(ledger),
  }
}
