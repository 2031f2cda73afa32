import { defineControl } from 'temporal-chaos'
import { forgetfulParent } from './shared/history-workloads.ts'
import { leave } from './workflows/forgetful-parent.ts'

export default defineControl({
  name: 'child-is-never-started',
  breaks: 'workflow',
  defect:
    'A parent asks for a child and completes in the same workflow task, so that the child never starts.',
  scenario: {
    probes: false,
    async run({ worker, start }) {
      const parent = await start(forgetfulParent, { childSleepsMs: 100 })
      await worker.kill()
      await parent.signal(leave)
      await worker.restart()
      await parent.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'children',
    finding: /^lost: .* asked for the child \S+-abandoned of type abandonedChild .* which never started/,
  },
})
