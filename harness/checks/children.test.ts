import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { ObservationEntry } from '../record/observation.ts'
import { children } from './children.ts'

const asked = event(5, 2_000, 'StartChildWorkflowExecutionInitiated', {
  workflowId: 'w-child',
  workflowType: { name: 'mail' },
})
const started = event(6, 2_050, 'ChildWorkflowExecutionStarted', { initiatedEventId: '5' })
const refused = event(6, 2_050, 'StartChildWorkflowExecutionFailed', { initiatedEventId: '5' })
const closed = (how: string) => event(7, 2_100, how)

/** What the service says of the child at the end; undefined if it was not asked. */
function judgedOf(events: HistoryEvent[], childRunId?: string | null) {
  const record = recordOf(events, killed(1_000, 1_500))
  const looked: ObservationEntry[] =
    childRunId === undefined
      ? []
      : [{ kind: 'asked-child', workflowId: 'w-child', runId: childRunId, fromRunId: 'r', eventId: '5' }]
  return judged(children, { ...record, observations: [...record.observations, ...looked] })
}

const kept = { status: 'kept', findings: [] }

test.each([
  ['started', started],
  ['was refused', refused],
])('a child that %s keeps the promise', (_, answer) => {
  expect(judgedOf([asked, answer, closed('WorkflowExecutionCompleted')])).toEqual(kept)
})

test.each([['WorkflowExecutionCompleted'], ['WorkflowExecutionContinuedAsNew'], ['WorkflowExecutionFailed']])(
  'a child that was never started because its parent closed with %s is lost',
  (how) => {
    expect(judgedOf([asked, closed(how)], null)).toEqual({
      status: 'broken',
      findings: [
        {
          kind: 'safety',
          message: `lost: w (run r) asked for the child w-child of type mail (event 5), which never started: the run closed with ${how} (event 7) 100 ms later, and the service knows no such child`,
        },
      ],
    })
  },
)

test('a child that started as its parent closed is not lost, although the history does not tell', () => {
  expect(judgedOf([asked, closed('WorkflowExecutionCompleted')], 'child-run')).toEqual(kept)
})

test('who cancels or terminates a parent gives up its children too', () => {
  expect(judgedOf([asked, closed('WorkflowExecutionCanceled')], null)).toEqual(kept)
  expect(judgedOf([asked, closed('WorkflowExecutionTerminated')], null)).toEqual(kept)
})

test('while its parent is open, a child may still start', () => {
  expect(judgedOf([asked])).toEqual(kept)
})

test('without a child, or in a record from before the service was asked: not checked', () => {
  expect(judgedOf([closed('WorkflowExecutionCompleted')])).toMatchObject({
    status: 'not-checked',
    why: 'no workflow asked for a child',
  })
  expect(judgedOf([asked, closed('WorkflowExecutionCompleted')])).toMatchObject({
    status: 'not-checked',
    why: 'the service was not asked whether the child w-child exists',
  })
})
