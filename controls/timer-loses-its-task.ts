import { defineControl, timerStarted } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'
import { loseTimerTask } from './shared/lose-timer-task.ts'
import { beforeIncarnation, firstWorkflowId } from './shared/service-calls.ts'

/** While this lasts the server holds the task in memory, so the timer would still fire. */
const sleepMs = 10_000

export default defineControl({
  name: 'timer-loses-its-task',
  breaks: 'server',
  defect: 'The database loses the task of a pending timer, and the server forgets it by a restart.',
  launch: beforeIncarnation(2, async (connection, request) => {
    const { historyShardCount } = await connection.workflowService.getClusterInfo({})
    const workflowId = firstWorkflowId(request, 'durableDemo')
    const lost = await loseTimerTask(request.host.temporalAddress, historyShardCount, workflowId)
    if (lost !== 1) throw new Error(`${lost} tasks were removed, instead of that of the one timer`)
  }),
  scenario: {
    isolation: 'own-cluster',
    probes: false,
    deadlineMs: sleepMs + 6_000,
    async run(run) {
      const demo = await run.start(durableDemo, { sleepMs })
      await run.reach(timerStarted(demo))
      await run.worker.kill()
      await run.worker.restart()
      await run.server.kill()
      await run.server.start()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'stored-state',
    finding: /^timer 1 of .*-durableDemo-1 \(event \d+\), due at .*, has no task: nothing will fire it$/,
  },
})
