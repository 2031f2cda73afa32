import { completed, defineScenario, timerFired, timerStarted, type Story } from '../harness/index.ts'
import { decide, decision, timeoutKey } from '../workflows/decision.ts'
import { approval } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'signal-after-restart',
  promise: 'Every signal that was accepted takes effect once and in order, worker or no worker.',
  suites: ['smoke', 'gate', 'full'],
  async story(story) {
    const turn = story.choose.inTurns('turn of four, the fourth a race', [1, 2, 3, 4])
    await (turn === 4 ? race(story) : series(story))
  },
})

/** Three people decide four times each: twice while nobody works, once while somebody comes, once after that. */
async function series({ worker, start, reach }: Story): Promise<void> {
  const approvers = ['ana', 'ben', 'cleo']
  const request = await start(approval, { needed: 4 * approvers.length })
  const all = (...numbers: number[]) =>
    Promise.all(
      approvers.flatMap((approver) =>
        numbers.map((number) => request.from(approver).signal(decide, decision(approver, number))),
      ),
    )
  await reach(timerStarted(request))
  await worker.kill()
  await all(1, 2)
  await Promise.all([worker.restart(), all(3)])
  await all(4)
  await request.completes(completed({ outcome: 'approved', decisions: 12, late: 0, amount: 0 }))
}

/** The timeout and the decision come to a worker that has yet to start: either may win, both must take effect. */
async function race({ worker, start, reach, choose }: Story): Promise<void> {
  const request = await start(approval, { needed: 1, timeoutMs: 2_000 })
  await reach(timerStarted(request))
  await worker.kill()
  if (choose.oneOf('the decision comes', ['before the timeout', 'after it']) === 'after it')
    await reach(timerFired(request))
  await request.from('ana').signal(decide, decision('ana', 1))
  await worker.restart()
  await request.completes(
    completed({ outcome: 'approved', decisions: 1, late: 0, amount: 0 }),
    completed({ outcome: 'timed-out', decisions: 0, late: 1, amount: 0 }, [timeoutKey(request.workflowId)]),
  )
}
