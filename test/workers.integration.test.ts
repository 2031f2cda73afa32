// Several workers in a run, on real processes: each has task queues, incarnations and logs of its own.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventTimeMs, textAttribute } from '../harness/history/event.ts'
import { finalHistory } from '../harness/record/record.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { activityStarted, analyse, defineScenario, readRecord, timerStarted } from '../harness/index.ts'
import { durableDemo, longActivity } from '../workflows/workloads.ts'
import { sharedCampaign } from './support/campaign.ts'

const promise = 'A worker may go, and the others go on.'
/** These runs share the machine with other tests: how fast they recover is not what they are about. */
const budgetMs = 20_000

const neighbours = {
  orders: { taskQueues: ['orders'] },
  payments: { taskQueues: ['payments'] },
} as const

const oneOfTwo = defineScenario({
  name: 'one-of-two',
  promise,
  budgetMs,
  workers: neighbours,
  async run({ workers, start, reach }) {
    const paid = await start(durableDemo, { sleepMs: 2_000 }, { taskQueue: 'payments' })
    const ordered = await start(durableDemo, { sleepMs: 2_000 }, { taskQueue: 'orders' })
    await reach(timerStarted(paid))
    await reach(timerStarted(ordered))
    await workers.orders.kill()
    await paid.completes()
    // So late that nothing but its return is waited for: the sticky queue's timeout is over by then.
    await workers.orders.restart({ afterMs: 2_000 })
    await ordered.completes()
  },
})

const workflowsApart = defineScenario({
  name: 'workflows-apart',
  promise,
  budgetMs,
  workers: { brain: { polls: 'workflow' }, hands: { polls: 'activity' } },
  async run({ workers, start, reach }) {
    const work = await start(longActivity, {})
    await reach(activityStarted(work))
    await workers.hands.kill()
    await workers.hands.restart()
    await work.completes()
  },
})

const oneDying = defineScenario({
  name: 'one-dying',
  promise,
  workers: neighbours,
  async run({ workers, start, reach }) {
    const ordered = await start(durableDemo, { sleepMs: 2_000 }, { taskQueue: 'orders' })
    await reach(timerStarted(ordered))
    process.kill(workers.payments.handle.current.process.pid, 'SIGKILL')
    await ordered.completes()
  },
})

const { runOf, folderOf } = sharedCampaign({ scenarios: [oneOfTwo, workflowsApart, oneDying] })

const workflowOn = (scenario: string, nth: number) => `${scenario}-1-durableDemo-${nth}`

describe('two workers on two task queues', () => {
  test('one dies and comes back; the fault owes only to the workflows of its queue', async () => {
    const run = runOf(oneOfTwo)
    expect(run).toMatchObject({
      verdict: 'pass',
      faults: [{ kind: 'kill-worker', target: { kind: 'worker', name: 'orders#1' } }],
    })
    const { obligations, outages } = analyse(await readRecord(folderOf(oneOfTwo)))
    expect(outages).toMatchObject([{ hadStandby: false }])
    expect(new Set(obligations.map(({ workflowId }) => workflowId))).toEqual(
      new Set([workflowOn('one-of-two', 2)]),
    )
    // The activity after the timer is an obligation too if the worker took it before it was seen to poll.
    const timer = obligations.filter(({ kind }) => kind === 'timer')
    expect(timer.map(({ cause }) => cause?.name)).toEqual(['respawn of the worker'])
  })

  test('the other one works on meanwhile, and is never started again', async () => {
    const record = await readRecord(folderOf(oneOfTwo))
    const incarnations = entriesOf(record.timeline, 'incarnation')
    const ready = incarnations.filter(({ phase }) => phase === 'ready')
    expect(ready.map(({ identity }) => identity).toSorted()).toEqual(['orders#1', 'orders#2', 'payments#1'])
    const paid = entriesOf(record.timeline, 'workflow').find(
      ({ workflowId }) => workflowId === workflowOn('one-of-two', 1),
    )
    const history = finalHistory(record, paid?.runId ?? '')
    const tasks = history.filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED')
    expect(new Set(tasks.map((task) => textAttribute(task, 'identity')))).toEqual(new Set(['payments#1']))
    const [closing] = history.slice(-1)
    const again = incarnations.find(({ identity }) => identity === 'orders#2')
    const closedMs = closing === undefined ? Infinity : eventTimeMs(closing) - record.header.wallAtZeroMs
    expect(closedMs).toBeLessThan(again?.atMs ?? 0)
  })

  test('each incarnation has a log of its own', async () => {
    const logs = await readdir(path.join(folderOf(oneOfTwo), 'logs'))
    expect(logs.toSorted()).toEqual(['orders-1.log', 'orders-2.log', 'payments-1.log'])
  })

  test('one that dies by itself ends the run, also while the others work', () => {
    expect(runOf(oneDying)).toMatchObject({
      verdict: 'error',
      reason: expect.stringMatching(/worker payments#1 .*was ended by SIGKILL/),
    })
  })
})

describe('a worker for workflows and one for activities, on the same task queue', () => {
  test('only the activity is owed when the worker for activities dies', async () => {
    expect(runOf(workflowsApart).verdict).toBe('pass')
    const record = await readRecord(folderOf(workflowsApart))
    const { obligations } = analyse(record)
    expect(obligations.map(({ kind, fault }) => [kind, fault.target.name])).toEqual([['activity', 'hands#1']])
    const ready = entriesOf(record.timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
    expect(Object.fromEntries(ready.map(({ identity, taskQueues }) => [identity, taskQueues]))).toEqual({
      'brain#1': [{ name: 'workflows-apart-1', polls: ['workflow'] }],
      'hands#1': [{ name: 'workflows-apart-1', polls: ['activity'] }],
      'hands#2': [{ name: 'workflows-apart-1', polls: ['activity'] }],
    })
  })
})
