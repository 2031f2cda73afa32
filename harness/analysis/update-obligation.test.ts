import { expect, test } from 'vitest'
import { event, killed, recordOf, updateSent } from '../../fixtures/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse } from './analyse.ts'

type Answer = Extract<TimelineEntry, { kind: 'answered' }>['answer']

/** What an update owed that came in the outage of a worker, and of which the run's own history has nothing. */
function owed(answer: Answer): unknown[] {
  const answered: TimelineEntry = { kind: 'answered', atMs: 3_100, messageId: 'u1', answer }
  const record = recordOf(
    [event(1, 0, 'WorkflowExecutionStarted')],
    [...killed(2_000, 2_900), updateSent(2_200), answered],
  )
  return analyse(record).obligations.filter(({ kind }) => kind === 'update')
}

test('an update that was refused is owed until its client was told', () => {
  expect(owed('rejected')).toHaveLength(1)
})

test.each(['accepted', 'failed'] as const)('one that %s is owed by the run that has it', (answer) => {
  expect(owed(answer)).toEqual([])
})
