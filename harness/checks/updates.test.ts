import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, updateSent } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { updates } from './updates.ts'

const accepted = event(5, 2_000, 'WorkflowExecutionUpdateAccepted', {
  acceptedRequest: { meta: { updateId: 'u1' }, input: { name: 'amend' } },
})
const completed = event(6, 2_100, 'WorkflowExecutionUpdateCompleted', {
  meta: { updateId: 'u1' },
  acceptedEventId: '5',
})
const closed = (how: string) => event(7, 2_500, how, {})

/** What the client of an update that was cut off is told. */
const refused: TimelineEntry = { kind: 'answered', atMs: 2_510, messageId: 'u1', answer: 'failed' }

function judgedOf(...events: HistoryEvent[]) {
  return judged(updates, recordOf(events, [...killed(1_000, 1_500), updateSent(1_900), refused]))
}

test('an update that is completed before its run closes is kept', () => {
  expect(judgedOf(accepted, completed, closed('WorkflowExecutionCompleted'))).toEqual({
    status: 'kept',
    findings: [],
  })
})

test.each([
  ['WorkflowExecutionCompleted'],
  ['WorkflowExecutionContinuedAsNew'],
  ['WorkflowExecutionFailed'],
  ['WorkflowExecutionCanceled'],
])('an update that %s cuts off is lost, although its client was told', (how) => {
  expect(judgedOf(accepted, closed(how))).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message: `lost: update amend u1 was accepted by w (run r, event 5) and never completed: 500 ms later the run closed with ${how} (event 7)`,
      },
    ],
  })
})

test('the completion of another update completes nothing', () => {
  const other = event(6, 2_100, 'WorkflowExecutionUpdateCompleted', { acceptedEventId: '4' })
  expect(judgedOf(accepted, other, closed('WorkflowExecutionCompleted')).status).toBe('broken')
})

test('who terminates a workflow cuts its updates off; an open one may still complete them', () => {
  expect(judgedOf(accepted, closed('WorkflowExecutionTerminated')).status).toBe('kept')
  expect(judgedOf(accepted).status).toBe('kept')
})

test('the record of a cut-off update fails by this check alone', () => {
  const record = recordOf([accepted, closed('WorkflowExecutionCompleted')], [updateSent(1_900), refused])
  expect(foundIn(record).filter(({ kind }) => kind === 'safety')).toEqual([
    expect.objectContaining({ check: 'updates' }),
  ])
})

test('without an accepted update: not checked', () => {
  expect(judgedOf(closed('WorkflowExecutionCompleted'))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no update was accepted',
  })
})
