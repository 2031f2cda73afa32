import { defineControl, timerStarted } from 'temporal-chaos'
import { asleep } from './shared/steps.ts'

export default defineControl({
  name: 'moment-never-comes',
  breaks: 'moment',
  defect: 'The scenario waits for a second timer, which the workflow never starts.',
  scenario: {
    probes: false,
    deadlineMs: 10_000,
    async run(run) {
      const demo = await asleep(run)
      await run.reach(timerStarted(demo, 2))
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'waits',
    finding:
      /^waited for timer 2 of \S+ to be started, and \S+ closed without it: WorkflowExecutionCompleted/,
  },
})
