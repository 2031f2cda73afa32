// Everything by which a record contradicts itself. A run that came to its end writes a record without any.
import type { RunRecord } from '../../record/record.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { captureDamage } from './captures.ts'
import { executionDamage } from './executions.ts'
import { headerDamage } from './header.ts'
import { historyDamage } from './histories.ts'
import { observationDamage } from './observations.ts'
import { pollingDamage } from './polling.ts'
import { referenceDamage } from './references.ts'
import { storedRunDamage } from './stored-runs.ts'
import { timelineDamage } from './timeline.ts'
import { workerDamage } from './workers.ts'

export function contradictionsIn(record: RunRecord, histories: readonly AlignedHistory[]): string[] {
  return [
    ...headerDamage(record),
    ...timelineDamage(record),
    ...workerDamage(record),
    ...pollingDamage(record),
    ...referenceDamage(record),
    ...historyDamage(record, histories),
    ...captureDamage(record, histories),
    ...observationDamage(record),
    ...executionDamage(record, histories),
    ...storedRunDamage(record, histories),
  ]
}
