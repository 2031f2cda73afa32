// How long a fault kept its target from work: `drain` is how long a worker took to finish what it had and leave, `away`
// is how long the target was not ready.
import { isDrain } from '../record/fault.ts'
import type { FaultResult } from '../result/campaign-result.ts'

/** From SIGTERM until the worker's exit was seen; null for other faults, and if it did not leave by itself. */
export function drainMs(fault: FaultResult): number | null {
  const { startedAtMs, confirmedAtMs } = fault
  return isDrain(fault) && confirmedAtMs !== null ? confirmedAtMs - startedAtMs : null
}

/** From the fault until the target was ready again; null if it never was, and if nobody was missed beyond a drain. */
export function downtimeMs(fault: FaultResult): number | null {
  const { outageMs } = fault
  const drain = drainMs(fault)
  return outageMs !== null && drain !== null && outageMs <= drain ? null : outageMs
}
