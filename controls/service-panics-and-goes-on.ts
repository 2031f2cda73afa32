import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

const panic = {
  kind: 'panic',
  service: 'temporal-server',
  message: 'invalid memory address or nil pointer dereference',
  times: 2,
} as const

export default defineControl({
  name: 'service-panics-and-goes-on',
  breaks: 'record',
  defect: 'The server’s log has two panics, from which it recovered.',
  of: healthy,
  // The comparison of the clocks stays the last.
  damage: ({ observations }) => ({ observations: observations.toSpliced(-1, 0, panic) }),
  expected: {
    verdict: 'fail',
    check: 'server-panics',
    finding: /^temporal-server panicked 2 times according to its log: invalid memory address/,
  },
})
