import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'wall-clock-is-set',
  breaks: 'record',
  defect: 'Somebody sets the wall clock by 900 ms during the run.',
  of: healthy,
  damage: ({ observations }) => ({
    observations: observations.map((one) => (one.kind === 'clock' ? { ...one, errorMs: 900 } : one)),
  }),
  expected: {
    verdict: 'error',
    check: 'clock',
    finding: /^the wall clock moved by 900 ms against the monotonic one during the run$/,
  },
})
