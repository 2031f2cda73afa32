import { defineControl } from 'temporal-chaos'
import { withHistory } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'service-takes-an-event-back',
  breaks: 'record',
  defect: 'The history at the end lacks an event that the service had told before the fault.',
  of: healthy,
  damage: ({ observations }) => ({
    observations: withHistory(observations, (events) =>
      events.filter(({ eventType }) => eventType !== 'EVENT_TYPE_TIMER_STARTED'),
    ),
  }),
  expected: {
    verdict: 'fail',
    check: 'history-prefix',
    finding: /^event \d+ TimerStarted of .*-durableDemo-1 was stored and is gone$/,
  },
})
