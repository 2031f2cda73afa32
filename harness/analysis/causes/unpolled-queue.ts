// Why work was never taken: at the end of the run nobody polled its task queue.
import { formatDuration } from '../../core/duration.ts'
import type { RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { Cause } from '../../result/campaign-result.ts'
import { activityQueue, type AlignedHistory } from '../aligned-history.ts'
import type { OpenObligation } from '../open-obligation.ts'

/** As long as the queue's oldest task waited. Undefined if the queue was polled, or nobody knows. */
export function unpolledQueue(
  { kind, scheduled }: OpenObligation,
  history: AlignedHistory,
  record: RunRecord,
): Cause | undefined {
  const { taskQueue } = history
  const ofActivity = activityQueue(scheduled, history)
  const unpolled = entriesOf(record.timeline, 'queue-unpolled').findLast(
    ({ queue, polls }) =>
      (polls === 'workflow' && queue === taskQueue) ||
      (polls === 'activity' && kind === 'activity' && queue === ofActivity),
  )
  if (unpolled === undefined) return undefined
  const { queue, polls, sinceMs, ageMs } = unpolled
  const since = sinceMs === null ? 'at all' : `since ${formatDuration(Math.max(0, sinceMs))}`
  return {
    name: 'no poller',
    setting: null,
    observedMs: ageMs,
    detail: `nobody polls ${queue} for ${polls} tasks ${since}`,
  }
}
