import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import { cancellations } from './cancellations.ts'

const requested = event(5, 2_000, 'WorkflowExecutionCancelRequested')
const seen = [
  event(6, 2_000, 'WorkflowTaskScheduled'),
  event(7, 2_010, 'WorkflowTaskStarted', { scheduledEventId: '6' }),
  event(8, 2_020, 'WorkflowTaskCompleted', { scheduledEventId: '6', startedEventId: '7' }),
]
const closed = (how: string) => event(9, 2_020, how)
const judgedOf = (...events: HistoryEvent[]) => judged(cancellations, recordOf(events, killed(1_000, 1_500)))
const kept = { status: 'kept', findings: [] }
const broken = (message: string) => ({ status: 'broken', findings: [{ kind: 'safety', message }] })

test.each([['WorkflowExecutionCanceled'], ['WorkflowExecutionCompleted']])(
  'a cancellation that workflow code saw before %s is honoured: whether it had to end so is for the outcome to say',
  (how) => {
    expect(judgedOf(requested, ...seen, closed(how))).toEqual(kept)
  },
)

test('a cancellation that a run passes over by continuing as new', () => {
  expect(judgedOf(requested, ...seen, closed('WorkflowExecutionContinuedAsNew'))).toEqual(
    broken(
      'lost: the cancellation of w (run r, event 5) was accepted, and the run ended with WorkflowExecutionContinuedAsNew (event 9): the next run does not know of it',
    ),
  )
})

test('a cancellation that workflow code never saw', () => {
  expect(judgedOf(requested, closed('WorkflowExecutionCompleted'))).toEqual(
    broken(
      'lost: the cancellation of w (run r, event 5) was accepted, and the run closed with WorkflowExecutionCompleted (event 9) before workflow code saw it',
    ),
  )
})

test('while the run is open it may still be seen, and who terminates a run ends that too', () => {
  expect(judgedOf(requested)).toEqual(kept)
  expect(judgedOf(requested, closed('WorkflowExecutionTerminated'))).toEqual(kept)
})

test('a cancellation of another workflow must be in the history of that one', () => {
  const sent = (workflowId: string) =>
    event(5, 2_000, 'ExternalWorkflowExecutionCancelRequested', { workflowExecution: { workflowId } })
  expect(judgedOf(sent('w')).findings).toMatchObject([
    {
      message:
        'lost: w (run r, event 5) cancelled w, the service accepted that, and the history of w has no cancellation',
    },
  ])
  expect(judgedOf(sent('w'), event(6, 2_001, 'WorkflowExecutionCancelRequested'))).toEqual(kept)
  expect(judgedOf(sent('somebody-else'))).toEqual(kept)
})

test('a run in which nothing was cancelled is not checked', () => {
  expect(judgedOf(closed('WorkflowExecutionCompleted'))).toMatchObject({
    status: 'not-checked',
    why: 'nothing was cancelled',
  })
})
