// How long a fault kept its target from work: `drain` is how long a stopped worker took to finish its work
// and exit, `away` how long the target was not ready.
import { isDrain } from '../record/fault.ts'
import type { FaultResult } from '../result/campaign-result.ts'

/**
 * From SIGTERM until the worker's exit was seen; null for other faults, and if the worker did not exit by
 * itself.
 */
export function drainMs(fault: FaultResult): number | null {
  const { startedAtMs, confirmedAtMs } = fault
  return isDrain(fault) && confirmedAtMs !== null ? confirmedAtMs - startedAtMs : null
}

/**
 * From the fault until the target was ready again; null if it never was, or if only a drain kept it from
 * work.
 */
export function downtimeMs(fault: FaultResult): number | null {
  const { outageMs } = fault
  const drain = drainMs(fault)
  return outageMs !== null && drain !== null && outageMs <= drain ? null : outageMs
}
