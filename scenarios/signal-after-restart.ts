import {
  activityScheduled,
  completed,
  defineScenario,
  timerFired,
  timerStarted,
  times,
  type ScenarioContext,
} from 'temporal-chaos'
import { status } from '../workflows/approval.ts'
import { amend, amendment, decide, decision, timeoutKey } from '../workflows/decision.ts'
import { approval } from '../workflows/workloads.ts'
import { raceMayDiffer } from './shared/may-differ.ts'

const turnOfFour = 'turn of four, the fourth a race'

export default defineScenario({
  name: 'signal-after-restart',
  promise: 'Every signal that was accepted takes effect once and in order, worker or no worker.',
  suites: ['smoke', 'gate', 'full'],
  mayDiffer: raceMayDiffer({ [turnOfFour]: 4 }),
  async run(run) {
    const turn = run.choose.roundRobin(turnOfFour, [1, 2, 3, 4])
    await (turn === 4 ? race(run) : series(run))
  },
})

/**
 * Three people decide four times each: twice while no worker runs, once while one starts, and once after
 * that.
 */
async function series({ worker, start, reach, expectThat }: ScenarioContext): Promise<void> {
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
  const amended = await request.from('zoe').update(amend, amendment('zoe', 1, 500))
  const refused = await request.from('zoe').update(amend, amendment('zoe', 2, -1))
  const { phase, decisions, amount } = await request.query(status)
  expectThat(
    'an amendment to an amount is accepted',
    amended.answer === 'accepted' && amended.value.after === 500,
  )
  expectThat('an amendment to less than nothing is refused', refused.answer === 'rejected')
  expectThat(
    'the status shows nine decisions and the amount',
    phase === 'open' && decisions.length === 9 && amount === 500,
  )
  await all(4)
  await request.completes(completed({ outcome: 'approved', decisions: 12, late: 0, amount: 500 }))
}

/**
 * The last decision and the approval's timeout reach a worker that is not started yet, or one that misses its
 * task timeout.
 */
async function race({ worker, start, reach, stillIn, choose }: ScenarioContext): Promise<void> {
  const first = choose.roundRobin('first comes', ['the decision', 'the timeout', 'a worker that times out'])
  const early = 12
  const request = await start(approval, { needed: early + 1, timeoutMs: 1_000 })
  const decideBy = (approver: string) => request.from(approver).signal(decide, decision(approver, 1))
  const last = () => decideBy('ana')
  await reach(timerStarted(request))
  await worker.kill()
  await times(early, (n) => decideBy(`approver-${n}`))
  if (first === 'the decision') {
    await last()
    await stillIn(timerStarted(request))
  }
  await reach(timerFired(request))
  if (first === 'the timeout') await last()
  await worker.restart()
  const approved = completed({ outcome: 'approved', decisions: early + 1, late: 0, amount: 0 })
  const timedOut = (late: number) =>
    completed({ outcome: 'timed-out', decisions: early, late, amount: 0 }, [
      { key: timeoutKey(request.workflowId), payload: null },
    ])
  if (first === 'the decision') return request.completes(approved)
  // Within one task an SDK may deliver signals before timers: the TypeScript SDK does.
  if (first === 'the timeout') return request.completes(approved, timedOut(1))
  // The task that scheduled the first effect has seen the timeout. The approval schedules twelve more before
  // it ends.
  await reach(activityScheduled(request))
  const { answer } = await last()
  return request.completes(timedOut(answer === 'accepted' ? 1 : 0))
}
