import { describe, expect, test } from 'vitest'
import { asleep, obligationsOf } from '../../test/support/analysed-record.ts'
import { event, killed, recordOf, updateSent } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import type { PolledQueue, TaskKind } from '../temporal/pollers.ts'
import { analyse } from './analyse.ts'
import { takes, takesAll } from './queue-reach.ts'

const both: TaskKind[] = ['workflow', 'activity']

/** A worker that polls this is killed at 2,000 ms and is back at 6,500 ms. */
function killedOn(name: string, polls: TaskKind[]): TimelineEntry[] {
  return killed(2_000, 6_500).map((entry) =>
    entry.kind === 'incarnation' ? { ...entry, taskQueues: [{ name, polls }] } : entry,
  )
}

/** On the queue `orders`: a timer of 3 s, a signal and an update during the outage, and an activity on this queue. */
function busy(activityQueue: string): HistoryEvent[] {
  const [first, ...rest] = asleep
  return [
    event(0, 900, 'WorkflowExecutionStarted', { taskQueue: { name: 'orders' } }),
    ...(first === undefined ? [] : [first, ...rest]),
    event(5, 1_000, 'ActivityTaskScheduled', { activityId: 'a', taskQueue: { name: activityQueue } }),
    event(6, 3_000, 'WorkflowExecutionSignaled', { signalName: 'go' }),
    event(7, 3_000, 'WorkflowTaskScheduled'),
  ]
}

function owed(activityQueue: string, ...killedWorker: Parameters<typeof killedOn>): string[] {
  const record = recordOf(busy(activityQueue), [...killedOn(...killedWorker), updateSent(3_000)])
  return obligationsOf(record).map(({ kind }) => kind)
}

describe('a fault on a worker owes only what that worker takes part in', () => {
  const all = ['timer', 'activity', 'signal', 'update']
  test('all of a workflow on its queue, whoever runs the activity', () => {
    expect(owed('orders', 'orders', both)).toEqual(all)
    expect(owed('payments', 'orders', both)).toEqual(all)
    expect(owed('payments', 'orders', ['workflow'])).toEqual(all)
  })
  test('the activity alone if it only runs activities', () => {
    expect(owed('orders', 'orders', ['activity'])).toEqual(['activity'])
    expect(owed('payments', 'payments', both)).toEqual(['activity'])
  })
  test('nothing of other queues', () => {
    expect(owed('orders', 'payments', both)).toEqual([])
    expect(owed('orders', 'payments', ['activity'])).toEqual([])
  })
  test('everything if its queues are not known, as in old records', () => {
    const record = recordOf(busy('payments'), [...killed(2_000, 6_500), updateSent(3_000)])
    expect(obligationsOf(record).map(({ kind }) => kind)).toEqual(all)
  })
})

describe('another worker that was up', () => {
  const other = { worker: 'other', incarnation: 1, identity: 'other#1', pid: 13 }
  function outagesBeside(name: string, polls: TaskKind[], readyMs = 2) {
    const ready = { kind: 'incarnation', phase: 'ready', atMs: readyMs, ...other } as const
    const timeline = [...killedOn('orders', both), { ...ready, taskQueues: [{ name, polls }] }]
    return analyse(recordOf(asleep, timeline)).outages.map(({ hadStandby, untilMs }) => [hadStandby, untilMs])
  }
  test('with the same queues keeps the work going', () => {
    expect(outagesBeside('orders', both)).toEqual([[true, 2_005]])
  })
  test('with other queues, other kinds of tasks, or after the fault is no help', () => {
    expect(outagesBeside('payments', both)).toEqual([[false, 6_500]])
    expect(outagesBeside('orders', ['workflow'])).toEqual([[false, 6_500]])
    expect(outagesBeside('orders', both, 3_000)).toEqual([[false, 6_500]])
  })
})

test('what is not known never excludes work, and never makes a stand-in', () => {
  const orders: readonly PolledQueue[] = [{ name: 'orders', polls: ['workflow'] }]
  expect([takes(null, 'activity', 'x'), takes(orders, 'activity', undefined)]).toEqual([true, true])
  expect([takesAll(undefined, orders), takesAll(orders, null)]).toEqual([false, false])
  expect([takesAll(orders, orders), takesAll(orders, [{ name: 'orders', polls: both }])]).toEqual([
    true,
    false,
  ])
})
