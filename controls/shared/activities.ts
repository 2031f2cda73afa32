// Activities that are broken on purpose, beside the ordinary ones.
import { createActivities, type LedgerAccess } from '../../fixtures/activities.ts'
import { createEffectActivities } from './effect-activities.ts'

export function createControlActivities(ledger: LedgerAccess) {
  return { ...createActivities(ledger), ...createEffectActivities(ledger) }
}
