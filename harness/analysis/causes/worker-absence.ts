// What the fault itself did to its worker: it drained, was dead until its next incarnation polled, or was kept from
// work while it lived on.
import type { RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { Outage } from '../outages.ts'
import { lasting, type Wait } from './wait.ts'

/** None if another worker was ready throughout. */
export function workerAbsence(
  { fault, fromMs, untilMs, hadStandby, isOfService }: Outage,
  record: RunRecord,
): Wait[] {
  if (hadStandby || isOfService || !Number.isFinite(untilMs)) return []
  const exit = entriesOf(record.timeline, 'exited').find(
    ({ identity, atMs }) => identity === fault.target.name && atMs >= fromMs && atMs <= untilMs,
  )
  if (exit === undefined) {
    return lasting({ name: `worker that was ${fault.effect}`, setting: null, fromMs, untilMs })
  }
  const goneMs = fault.effect === 'stopped' ? exit.atMs : fromMs
  return [
    ...lasting({ name: 'drain of the worker', setting: null, fromMs, untilMs: goneMs }),
    ...lasting({ name: 'respawn of the worker', setting: null, fromMs: goneMs, untilMs }),
  ]
}
