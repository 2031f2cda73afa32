import { expect, test } from 'vitest'
import { asleepForADay, skippedToIt, skippedTooLittle, woken } from '../../test/support/analysed-record.ts'
import { event } from '../../test/support/stored-record.ts'
import { eventTimeMs } from '../history/event.ts'
import { pendingBecause } from './pending.ts'

/** The wall clock `atMs` into the run. */
function wallMs(atMs: number): number {
  return eventTimeMs(event(1, atMs, 'Now'))
}

test('a timer that no skip reached says when it is due', () => {
  const open = [...asleepForADay, ...skippedTooLittle]
  expect(pendingBecause(open, wallMs(8_000))).toBe(
    'timer 1 has not fired: TimerStarted (event 4) was 7.0 s ago, due in 3.00 s',
  )
  expect(pendingBecause(open, wallMs(12_000))).toMatch(/, due 1\.00 s ago$/)
  expect(pendingBecause(asleepForADay, wallMs(8_000))).toMatch(/ was 7\.0 s ago, due in 24 h 00 min$/)
})

test('a workflow task after a skip has waited since its own time', () => {
  const events = [...asleepForADay, ...skippedToIt, ...woken.slice(0, 2)]
  expect(pendingBecause(events, wallMs(7_800))).toBe(
    'no worker took its workflow task: WorkflowTaskScheduled (event 8) was 2.0 s ago',
  )
})

test('a worker that has the workflow task is named', () => {
  const task = [
    event(1, 900, 'WorkflowTaskScheduled'),
    event(2, 950, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#1' }),
  ]
  expect(pendingBecause(task, wallMs(1_950))).toBe(
    'worker-1#1 has not completed its workflow task: WorkflowTaskStarted (event 2) was 1.0 s ago',
  )
})

test('a workflow without open work, a closed one, and one without any history', () => {
  const started = event(1, 900, 'WorkflowExecutionStarted')
  expect(pendingBecause([started], wallMs(1_900))).toBe(
    'it waits for something from outside; its last event WorkflowExecutionStarted (event 1) was 1.0 s ago',
  )
  const ended = event(2, 950, 'WorkflowExecutionCompleted')
  expect(pendingBecause([started, ended], wallMs(1_900))).toBe(
    'it is closed: it ended with WorkflowExecutionCompleted',
  )
  expect(pendingBecause([], wallMs(1_900))).toBe('none of its history has been seen')
})
