import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { completed } from './completed.ts'
import { known } from './known.ts'

const run = { workflowId: 'w', runId: 'r' }

const signal: TimelineEntry[] = [
  { kind: 'sent', atMs: 700, messageId: 'm1', what: 'signal', name: 'decide', sender: 'ana', number: 1, ...run, effects: [] }, // prettier-ignore
  { kind: 'answered', atMs: 710, messageId: 'm1', answer: 'accepted' },
]

/** A workflow that was captured and signalled, and that the service does not know at the end. */
function lostRecord(): RunRecord {
  const captured = [event(1, 0, 'WorkflowExecutionStarted'), event(2, 700, 'WorkflowExecutionSignaled')]
  const record = recordOf([], [...killed(1_000, 1_500), ...signal])
  const message = '5 NOT_FOUND: workflow not found for ID: w'
  return {
    ...record,
    captures: captured.map((one) => ({ ...run, receivedAtMs: 5, event: one })),
    observations: [
      { kind: 'lost', ...run, message },
      { kind: 'clock', errorMs: 1 },
    ],
  }
}

test('workflows whose histories could be read are known', async () => {
  expect(judged(known, await storedRecord('due-after-the-outage'))).toEqual({ status: 'kept', findings: [] })
})

test('a captured workflow that the service does not know is lost', () => {
  expect(judged(known, lostRecord())).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message:
          "lost: w (run r) was started at 0.00 s; 2 of its events were captured and 1 messages to it were accepted, and at the run's end the service does not know it: 5 NOT_FOUND: workflow not found for ID: w",
      },
    ],
  })
})

test('its loss is no failure of the harness, and nothing else is said of its end', () => {
  expect(foundIn(lostRecord()).filter(({ kind }) => kind === 'harness')).toEqual([])
  expect(judged(completed, lostRecord()).status).toBe('not-checked')
})

test('a history that could not be read for another reason is not lost: not checked', () => {
  expect(judged(known, recordOf([], killed(1_000)))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no history could be read',
  })
})
