// A durable timer may be late, never early. Both timestamps are the server's own, so no clock error matters.
// Skipped time may not exceed the requested time, or all timers would be early.
import { formatDuration } from '../core/duration.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { textAttribute } from '../history/event.ts'
import { skipRequestsOf } from '../history/skip-request.ts'
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const timerEarly: Check = {
  name: 'timer-early',
  promise: 'No timer fires early.',
  about: ['timers'],
  judge({ histories, skippedMs }) {
    const fired = histories.flatMap(firedTimers)
    const early = fired
      .filter(({ earlyMs }) => earlyMs > 0)
      .map(({ what, earlyMs }) => `${what} fired ${earlyMs.toFixed(1)} ms early`)
    const lookedAt = skippedMs > 0 ? ['skipped time', ...fired] : fired
    return checkedIf(lookedAt, findings('safety', [...early, ...excessSkips(histories)]), 'no timer fired')
  },
}

function firedTimers({ workflowId, spans, virtualAt }: AlignedHistory) {
  return spans.flatMap(({ kind, opened, closed }) => {
    if (kind !== 'timer' || closed?.eventType !== 'EVENT_TYPE_TIMER_FIRED') return []
    const dueMs = virtualAt(opened) + durationAttributeMs(opened, 'startToFireTimeout')
    const what = `timer ${textAttribute(opened, 'timerId') ?? ''} of ${workflowId}`
    return [{ what, earlyMs: dueMs - virtualAt(closed) }]
  })
}

/** Sums over the whole chain of runs: a skip requested for one run may happen in the next. */
function excessSkips(histories: readonly AlignedHistory[]): string[] {
  const chains = Map.groupBy(histories, ({ workflowId }) => workflowId)
  return [...chains].flatMap(([workflowId, runs]) => {
    const skippedMs = runs.reduce((sum, run) => sum + run.skippedMs, 0)
    const requested = runs.flatMap(({ events }) => skipRequestsOf(events))
    const requestedMs = requested.reduce((sum, { durationMs }) => sum + durationMs, 0)
    // Requests are in whole milliseconds.
    if (Math.round(skippedMs) <= requestedMs) return []
    const [skipped, asked] = [skippedMs, requestedMs].map(formatDuration)
    return [`${skipped} of the time of ${workflowId} were skipped, ${asked} were requested`]
  })
}
