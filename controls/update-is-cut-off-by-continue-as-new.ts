import { defineControl } from 'temporal-chaos'
import { updateIsCutOff } from './shared/update-is-cut-off.ts'

export default defineControl({
  name: 'update-is-cut-off-by-continue-as-new',
  breaks: 'workflow',
  defect: 'A workflow accepts an update and closes its run before the handler of the update is done.',
  scenario: { probes: false, run: (run) => updateIsCutOff(run, 'continued-as-new') },
  expected: {
    verdict: 'fail',
    check: 'updates',
    finding: /^lost: update slowAmend .* never completed: .* closed with WorkflowExecutionContinuedAsNew /,
  },
})
