import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'record-lacks-a-step',
  breaks: 'record',
  defect: 'The harness forgets to record one step of the scenario, and seals what it has.',
  of: healthy,
  damage: ({ timeline }) => ({
    timeline: timeline.filter((entry) => entry.kind !== 'step' || entry.step !== 2),
  }),
  expected: {
    verdict: 'error',
    check: 'record-whole',
    finding: /^the record contradicts itself: step 2 carries number 3$/,
  },
})
