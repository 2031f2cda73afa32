// From the time when a server serves again until a worker that stayed up polls it. The SDK's core retries after
// 200 ms, then doubles the delay each time, up to 10 s. No setting changes that.
import type { RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import type { Outage } from '../outages.ts'
import { takes } from '../queue-reach.ts'
import { lasting, type Wait } from './wait.ts'

export function pollBackoffs(
  { serviceableFromMs: fromMs }: Outage,
  { taskQueue }: AlignedHistory,
  { timeline }: RunRecord,
): Wait[] {
  const ready = entriesOf(timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
  const again = entriesOf(timeline, 'polling').find(({ atMs, identity }) => {
    const polled = ready.find((entry) => entry.identity === identity)?.taskQueues ?? null
    return atMs >= fromMs && takes(polled, 'workflow', taskQueue)
  })
  if (again === undefined) return []
  return lasting({ name: 'poll backoff of the worker', setting: null, fromMs, untilMs: again.atMs })
}
