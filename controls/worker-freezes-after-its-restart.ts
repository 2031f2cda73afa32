import { setTimeout as pause } from 'node:timers/promises'
import { defineControl } from 'temporal-chaos'
import { asleep } from './shared/steps.ts'

/** Longer than the budget, but not so long that nobody is expected to poll any more. */
const frozenMs = 5_000

export default defineControl({
  name: 'worker-freezes-after-its-restart',
  breaks: 'worker',
  defect: 'The worker polls right after its restart, and then does nothing for five seconds.',
  scenario: {
    budgetMs: 4_000,
    async run(run) {
      const demo = await asleep(run)
      await run.worker.kill()
      await run.worker.restart()
      const { pid } = run.worker.handle.current.process
      process.kill(pid, 'SIGSTOP')
      await pause(frozenMs)
      process.kill(pid, 'SIGCONT')
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'probes',
    finding: /^the update made after the heal of fault 1 took .* s, over the budget of 4\.00 s$/,
  },
})
