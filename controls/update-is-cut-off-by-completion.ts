import { defineControl } from 'temporal-chaos'
import { updateIsCutOff } from './shared/update-is-cut-off.ts'

export default defineControl({
  name: 'update-is-cut-off-by-completion',
  breaks: 'workflow',
  defect: 'A workflow accepts an update and closes its run before the handler of the update is done.',
  scenario: { probes: false, run: (run) => updateIsCutOff(run, 'completed') },
  expected: {
    verdict: 'fail',
    check: 'updates',
    finding: /^lost: update slowAmend .* never completed: .* closed with WorkflowExecutionCompleted /,
  },
})
