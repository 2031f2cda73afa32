import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

const demo = {
  name: 'durableDemo-1',
  workflow: 'durableDemo',
  workflowId: 'golden-durableDemo-1',
  unknown: null,
  parts: { memo: { customer: ['ana'] } },
}

export default defineControl({
  name: 'run-lacks-a-memo-of-its-golden-run',
  breaks: 'record',
  defect: 'In the golden run the workflow has a memo, and in the run with the fault it has none.',
  of: healthy,
  damage: ({ observations }) => ({
    // The comparison of the clocks stays the last.
    observations: observations.toSpliced(-1, 0, {
      kind: 'golden',
      folder: 'golden/1',
      sealSha256: '0'.repeat(64),
      state: { version: 1, workflows: [demo] },
    }),
  }),
  expected: {
    verdict: 'fail',
    check: 'golden',
    finding: /^memo of \S*durableDemo-1, customer: expected \(golden run\) "ana", seen nothing$/,
  },
})
