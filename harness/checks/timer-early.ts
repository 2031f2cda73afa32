// A durable timer may be late, never early. Both instants are the server's own, so no clock is between them. Where it skips
// time of a workflow they are virtual: then the skipping must not go beyond what was asked, or all timers were early.
import { formatDuration } from '../core/duration.ts'
import { textAttribute } from '../history/event.ts'
import { spansOf } from '../history/span.ts'
import type { RunRecord } from '../record/record.ts'
import { skipRequestsOf } from '../history/skip-request.ts'
import { skippedMsIn } from '../history/virtual-time.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { alignedHistories, type AlignedHistory } from '../analysis/aligned-history.ts'
import { findings, type Check } from './check.ts'

const name = 'timer-early'

export const timerEarly: Check = {
  name,
  find(record) {
    const messages = [...alignedHistories(record).flatMap(earlyTimers), ...excessSkips(record)]
    return findings(name, 'safety', messages)
  },
}

function earlyTimers({ workflowId, events, virtualAt }: AlignedHistory): string[] {
  return spansOf(events).flatMap(({ kind, opened, closed }) => {
    if (kind !== 'timer' || closed?.eventType !== 'EVENT_TYPE_TIMER_FIRED') return []
    const dueMs = virtualAt(opened) + durationAttributeMs(opened, 'startToFireTimeout')
    const earlyMs = dueMs - virtualAt(closed)
    if (earlyMs <= 0) return []
    return [
      `timer ${textAttribute(opened, 'timerId') ?? ''} of ${workflowId} fired ${earlyMs.toFixed(1)} ms early`,
    ]
  })
}

/** Over the whole chain of a workflow's runs: what was asked of one may be skipped in the next. */
function excessSkips(record: RunRecord): string[] {
  const chains = Map.groupBy(alignedHistories(record), ({ workflowId }) => workflowId)
  return [...chains].flatMap(([workflowId, runs]) => {
    const events = runs.map((run) => run.events)
    const skippedMs = events.reduce((sum, run) => sum + skippedMsIn(run), 0)
    const requested = events.flatMap(skipRequestsOf)
    const requestedMs = requested.reduce((sum, { durationMs }) => sum + durationMs, 0)
    // Durations are asked for in whole milliseconds.
    if (Math.round(skippedMs) <= requestedMs) return []
    const [skipped, asked] = [skippedMs, requestedMs].map(formatDuration)
    return [`${skipped} of the time of ${workflowId} were skipped, ${asked} were asked for`]
  })
}
