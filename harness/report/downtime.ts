// How long a fault kept its target from work, by the names that reports have for it: drain, where a worker was told to stop
// and finished what it had, and away, until what was struck was ready again.
import { terminateWorkerName } from '../faults/terminate-worker.ts'
import type { FaultResult } from '../result/campaign-result.ts'

/** From SIGTERM until the worker's exit was seen; null for other faults, and where it did not leave by itself. */
export function drainMs({ name, startedAtMs, confirmedAtMs }: FaultResult): number | null {
  return name === terminateWorkerName && confirmedAtMs !== null ? confirmedAtMs - startedAtMs : null
}

/** From the strike until the target was ready again; null where it never was, and where nobody was missed beyond a drain. */
export function downtimeMs(fault: FaultResult): number | null {
  const { outageMs } = fault
  const drain = drainMs(fault)
  return outageMs !== null && drain !== null && outageMs <= drain ? null : outageMs
}
