import { expect, test } from 'vitest'
import { begun, obligationsOf } from '../../test/support/analysed-record.ts'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, updateSent } from '../../test/support/stored-record.ts'
import { recovery } from '../checks/recovery.ts'
import { workOpen } from '../checks/work-open.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'

/** A signal, and the workflow task that takes it 100 ms later. */
const signalled = (atMs: number, id = 5): HistoryEvent[] => [
  event(id, atMs, 'WorkflowExecutionSignaled', { signalName: 'go' }),
  event(id + 1, atMs, 'WorkflowTaskScheduled'),
  event(id + 2, atMs + 80, 'WorkflowTaskStarted', { scheduledEventId: String(id + 1) }),
  event(id + 3, atMs + 100, 'WorkflowTaskCompleted', {
    scheduledEventId: String(id + 1),
    startedEventId: String(id + 2),
  }),
]

/** The worker is killed while the workflow waits, and is back 500 ms later. */
const outage = killed(2_000, 2_500)
const idle = (history: HistoryEvent[], timeline = outage) => recordOf([...begun, ...history], timeline)

const subjects = (record: RunRecord) =>
  obligationsOf(record).map(({ subject, faultIndex, recoveryMs }) => [subject, faultIndex, recoveryMs])

test.each([
  ['during the outage', 2_300, 280],
  ['right after it', 2_501, 100],
  ['long after it', 9_000, 100],
])('a signal to an idle workflow %s is what the fault owes it', (_, atMs, recoveryMs) => {
  const record = idle(signalled(atMs))
  expect(judged(workOpen, record)).toEqual({ status: 'kept', findings: [] })
  expect(subjects(record)).toEqual([['signal go', 1, atMs === 2_300 ? 100 : recoveryMs]])
})

test('only the first message counts, and one that is never taken is never settled', () => {
  expect(subjects(idle([...signalled(3_000), ...signalled(4_000, 9)]))).toEqual([['signal go', 1, 100]])
  const deaf = idle([event(5, 3_000, 'WorkflowExecutionSignaled', { signalName: 'go' })])
  expect(subjects(deaf)).toEqual([['signal go', 1, null]])
  expect(foundIn(deaf)).toContainEqual(expect.objectContaining({ check: 'recovery', kind: 'liveness' }))
})

test('an update that is answered after the restart shows it as well', () => {
  const answered: TimelineEntry = { kind: 'answered', atMs: 3_200, messageId: 'u1', answer: 'rejected' }
  const record = idle([], [...outage, updateSent(3_000), answered])
  expect(subjects(record)).toEqual([['update amend #1 of ana', 1, 200]])
})

test('a message after the next fault shows that the state outlived both', () => {
  const second = killed(4_000, 4_500).flatMap((entry): TimelineEntry[] =>
    entry.kind === 'fault' || entry.kind === 'fault-confirmed' ? [{ ...entry, fault: 2 }] : [],
  )
  const back: TimelineEntry = {
    kind: 'incarnation',
    phase: 'ready',
    atMs: 4_500,
    worker: 'worker-1',
    incarnation: 3,
    identity: 'worker-1#3',
    pid: 13,
  }
  const record = idle(signalled(5_000), [...outage, ...second, back])
  expect(subjects(record)).toEqual([['signal go', 2, 100]])
  expect(judged(workOpen, record)).toEqual({ status: 'kept', findings: [] })
})

test('without a message afterwards, or with one to the harness’s own probe only, nothing was tested', () => {
  expect(judged(workOpen, idle([])).status).toBe('broken')
  const record = idle(signalled(3_000))
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow' ? { ...entry, origin: 'probe' as const } : entry,
  )
  expect(judged(workOpen, { ...record, timeline }).status).toBe('broken')
})

test('an answer to a query after the restart shows that the state outlived the fault, and none before does', () => {
  const answered = (askedMs: number): TimelineEntry => ({
    kind: 'queried',
    atMs: askedMs + 10,
    workflowId: 'w',
    runId: 'r',
    query: 'status',
    by: 'harness',
    askedMs,
    outcome: 'answered',
    answer: 1,
  })
  expect(judged(workOpen, idle([], [...outage, answered(3_000)])).status).toBe('kept')
  expect(judged(workOpen, idle([], [...outage, answered(1_900)])).status).toBe('broken')
})

test('a query of the scenario after the restart is owed an answer, and one that never comes hangs', () => {
  const queried = (
    outcome: 'answered' | 'unanswered' | 'refused',
    askedMs: number,
    atMs: number,
  ): TimelineEntry => ({
    kind: 'queried',
    atMs,
    workflowId: 'w',
    runId: 'r',
    query: 'status',
    by: 'scenario',
    askedMs,
    outcome,
  })
  const asked = (...entries: TimelineEntry[]) => idle([], [...outage, ...entries])
  expect(subjects(asked(queried('answered', 3_000, 3_040)))).toEqual([['query status', 1, 40]])
  expect(subjects(asked(queried('answered', 2_200, 2_900)))).toEqual([['query status', 1, 700]])
  expect(subjects(asked(queried('answered', 1_000, 1_900)))).toEqual([])
  expect(subjects(asked(queried('refused', 3_000, 3_010)))).toEqual([])
  const deaf = asked(queried('unanswered', 3_000, 60_000))
  expect(subjects(deaf)).toEqual([['query status', 1, null]])
  expect(judged(recovery, deaf).findings).toMatchObject([{ kind: 'liveness', hangs: true }])
})

test('a message adds nothing if the fault hit open work anyway', () => {
  const timer = [
    event(4, 1_000, 'TimerStarted', { timerId: '1', startToFireTimeout: '60s' }),
    ...signalled(3_000),
  ]
  expect(subjects(idle(timer))).toEqual([['timer 1', 1, null]])
})
