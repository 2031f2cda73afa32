import { defineControl } from 'temporal-chaos'
import { withEvents, withFields } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'service-retries-without-a-pause',
  breaks: 'record',
  defect: 'An activity reaches its ninth attempt without any of the pauses of its retry policy.',
  of: healthy,
  damage: (record) => withEvents(record, (event) => withFields(event, 'ActivityTaskStarted', { attempt: 9 })),
  expected: {
    verdict: 'fail',
    check: 'retries',
    finding:
      /^activity 1 recordEffect of .* was tried for the 9th time \d+ ms after it was scheduled, and the pauses of its retry policy add up to \d+ ms$/,
  },
})
