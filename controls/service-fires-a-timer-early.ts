import { defineControl } from 'temporal-chaos'
import { withEvents } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

const earlyMs = 500

export default defineControl({
  name: 'service-fires-a-timer-early',
  breaks: 'record',
  defect: 'A timer of two seconds fires after one and a half, by the service’s own clock.',
  of: healthy,
  damage: (record) =>
    withEvents(record, (event) => {
      if (event.eventType !== 'EVENT_TYPE_TIMER_FIRED') return event
      return { ...event, eventTime: new Date(Date.parse(event.eventTime) - earlyMs).toISOString() }
    }),
  expected: {
    verdict: 'fail',
    check: 'timer-early',
    finding: /^timer 1 of .*-durableDemo-1 fired \d+\.\d ms early$/,
  },
})
