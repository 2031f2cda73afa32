// A durable timer may be late, never early. Both instants are the server's own, so no clock is between them.
import { eventWallMs, textAttribute } from '../record/history-event.ts'
import { spansOf } from '../record/history-span.ts'
import { finalHistory } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { durationAttributeMs } from '../recovery/duration.ts'
import { findings, type Check } from './check.ts'

const name = 'timer-early'

export const timerEarly: Check = {
  name,
  find(record) {
    const messages = entriesOf(record.timeline, 'workflow').flatMap(({ workflowId, runId }) =>
      spansOf(finalHistory(record, runId)).flatMap(({ kind, opened, closed }) => {
        if (kind !== 'timer' || closed?.eventType !== 'EVENT_TYPE_TIMER_FIRED') return []
        const dueMs = eventWallMs(opened) + durationAttributeMs(opened, 'startToFireTimeout')
        const earlyMs = dueMs - eventWallMs(closed)
        if (earlyMs <= 0) return []
        return [
          `timer ${textAttribute(opened, 'timerId') ?? ''} of ${workflowId} fired ${earlyMs.toFixed(1)} ms early`,
        ]
      }),
    )
    return findings(name, 'safety', messages)
  },
}
