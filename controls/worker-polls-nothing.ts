import { defineControl, timerStarted } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'
import { outliving, wrapped } from './shared/wrapped.ts'

export default defineControl({
  name: 'worker-polls-nothing',
  breaks: 'worker',
  defect: 'The worker that takes over stops polling at once, while its process lives on.',
  launch: wrapped(outliving, 2),
  scenario: {
    probes: false,
    budgetMs: 2_000,
    async run(run) {
      const demo = await run.start(durableDemo, { sleepMs: 2_000 })
      await run.reach(timerStarted(demo))
      await run.worker.kill()
      await run.worker.restart()
      process.kill(run.worker.handle.current.process.pid, 'SIGUSR2')
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'still-serving',
    finding:
      /^0 pollers on worker-polls-nothing-1 for workflow tasks since .*, though worker-1#2 should serve: /,
  },
})
