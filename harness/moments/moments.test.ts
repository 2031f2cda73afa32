import { describe, expect, test } from 'vitest'
import { event } from '../../test/support/stored-record.ts'
import {
  activityCompleted,
  activityConsumed,
  activityHeartbeat,
  activityScheduled,
  activityStarted,
} from './activity.ts'
import { childStarted, continuedAsNew } from './child.ts'
import { eventOf } from './moment.ts'
import { signalAccepted } from './signal.ts'
import { timerFired, timerStarted } from './timer.ts'

const run = { workflowId: 'w', runId: 'r' }

const history = [
  event(1, 0, 'TimerStarted', { timerId: '1' }),
  event(2, 0, 'ActivityTaskScheduled', { activityId: '1' }),
  event(3, 0, 'StartChildWorkflowExecutionInitiated', { workflowId: 'c1' }),
  event(4, 0, 'StartChildWorkflowExecutionInitiated', { workflowId: 'c2' }),
  event(5, 10, 'ChildWorkflowExecutionStarted', { initiatedEventId: '4' }),
  event(6, 20, 'WorkflowExecutionSignaled', { signalName: 'decide' }),
  event(7, 30, 'ActivityTaskCompleted', { scheduledEventId: '2' }),
  event(8, 40, 'TimerCanceled', { startedEventId: '1' }),
  event(9, 50, 'WorkflowExecutionContinuedAsNew', { newExecutionRunId: 'r2' }),
]

describe('a moment comes with the event that brings it', () => {
  test.each([
    ['a timer runs', timerStarted(run), '1'],
    ['a timer that was cancelled has not fired', timerFired(run), undefined],
    ['an activity was scheduled', activityScheduled(run), '2'],
    ['there is no second activity', activityScheduled(run, 2), undefined],
    ['an activity is completed', activityCompleted(run), '7'],
    ['a child that was asked for has not started', childStarted(run, 1), undefined],
    ['a child runs', childStarted(run, 2), '4'],
    ['a signal was accepted', signalAccepted(run), '6'],
    ['a second signal was not', signalAccepted(run, 2), undefined],
    ['the chain goes on', continuedAsNew(run), '9'],
  ])('%s', (_, moment, eventId) => {
    expect(moment.find(history)?.eventId).toBe(eventId)
  })
})

test('an activity is consumed by the workflow task that saw its end, not by one that was under way', () => {
  const completed = [
    event(1, 0, 'ActivityTaskScheduled', { activityId: '1' }),
    event(2, 1, 'WorkflowTaskStarted'),
    event(3, 2, 'ActivityTaskCompleted', { scheduledEventId: '1' }),
    event(4, 3, 'WorkflowTaskCompleted', { startedEventId: '2' }),
    event(5, 4, 'WorkflowTaskStarted'),
  ]
  const consumed = [...completed, event(6, 5, 'WorkflowTaskCompleted', { startedEventId: '5' })]
  const { find } = activityConsumed(run)
  expect([find(completed)?.eventId, find(consumed)?.eventId]).toEqual([undefined, '6'])
})

test('a moment that the server must confirm begins when its activity is scheduled', () => {
  expect(eventOf(activityStarted(run), history)?.eventId).toBe('2')
  expect(eventOf(activityHeartbeat(run, {}, 2), history)).toBeUndefined()
  expect(eventOf(timerStarted(run), history)?.eventId).toBe('1')
})

describe('what only the server knows of an activity', () => {
  const pending = { activityId: '1', attempt: 1, isStarted: true, heartbeat: { finished: 3 } }

  test('that a worker has it', () => {
    const { isSeen } = activityStarted(run)
    expect([isSeen(pending), isSeen({ ...pending, isStarted: false })]).toEqual([true, false])
  })

  test('how far its last heartbeat says it is', () => {
    const isFar = (finished: number) => activityHeartbeat(run, { finished }).isSeen(pending)
    expect([isFar(2), isFar(3), isFar(4)]).toEqual([true, true, false])
  })

  test('without a heartbeat, or with another kind of details, it is not there yet', () => {
    const { isSeen } = activityHeartbeat(run, { finished: 1 })
    const others = [undefined, 'three', { finished: 'many' }, 7, null]
    expect(others.map((heartbeat) => isSeen({ ...pending, heartbeat }))).toEqual(others.map(() => false))
  })
})
