import { expect, test } from 'vitest'
import { asleep } from '../../test/support/analysed-record.ts'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { AnswerRule } from '../record/answer-rule.ts'
import type { EntryOf, TimelineEntry } from '../record/timeline.ts'
import { queries } from './queries.ts'

const run = { workflowId: 'w', runId: 'r' }

function queried(askedMs: number, answer: unknown, more: Partial<EntryOf<'queried'>> = {}): TimelineEntry {
  const entry = { kind: 'queried', ...run, query: 'progress', by: 'harness', outcome: 'answered' } as const
  return { ...entry, askedMs, atMs: askedMs + 10, answer, ...more }
}

function declared(rule: AnswerRule): TimelineEntry {
  return { kind: 'queries-declared', atMs: 1, ...run, rules: { progress: rule } }
}

const woken = event(7, 4_000, 'TimerFired', { timerId: '1', startedEventId: '4' })
const completed = event(8, 4_500, 'WorkflowExecutionCompleted')

function judgedOf(entries: TimelineEntry[], history: HistoryEvent[] = [...asleep, woken], answers?: object) {
  const record = recordOf(history, [...killed(2_000, 2_500), ...entries])
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow' && entry.golden !== null
      ? { ...entry, golden: { ...entry.golden, ...(answers && { answers: { ...answers } }) } }
      : entry,
  )
  return judged(queries, { ...record, timeline })
}

const kept = { status: 'kept', findings: [] }
const broken = (message: string) => ({ status: 'broken', findings: [{ kind: 'safety', message }] })
const name = 'query progress of w (run r)'

test('answers that only grow keep the promise', () => {
  expect(judgedOf([declared('grows'), queried(1_500, 1), queried(5_000, 2)])).toEqual(kept)
})

test('an answer that goes back after a restart', () => {
  expect(judgedOf([declared('grows'), queried(1_500, 2), queried(5_000, 0)])).toEqual(
    broken(`${name} went back: the answer went from 2 to 0, answered at 1.51 s and at 5.01 s`),
  )
})

test('an answer that is no stage which its workload declares', () => {
  expect(judgedOf([declared(['asleep', 'done']), queried(1_500, 'awake')])).toEqual(
    broken(
      `${name} was answered at 1.51 s: the answer is "awake", which is no stage that its workload declares`,
    ),
  )
})

test('a query that its workload does not declare may go back, but not while nothing happens', () => {
  expect(judgedOf([queried(1_500, 2), queried(5_000, 0)])).toEqual(kept)
  expect(judgedOf([queried(1_500, { n: 2 }), queried(3_000, { n: 3 })])).toEqual(
    broken(`${name} changed from {"n":2} at 1.51 s to {"n":3} at 3.01 s, and no event came between them`),
  )
})

test('answers by different runs of a chain are not compared', () => {
  expect(judgedOf([declared('grows'), queried(1_500, 2), queried(5_000, 0, { runId: 'r2' })])).toEqual(kept)
})

test('a query that was answered, and is refused after the restart', () => {
  const refused = queried(5_000, undefined, { outcome: 'refused', why: 'no such query' })
  expect(judgedOf([declared('grows'), queried(1_500, 2), refused])).toEqual(
    broken(`${name} was refused at 5.01 s (no such query), after it had been answered at 1.51 s`),
  )
})

test('a query that nobody answered during an outage is no finding', () => {
  const unanswered = queried(2_100, undefined, { outcome: 'unanswered', why: '14 UNAVAILABLE' })
  expect(judgedOf([declared('grows'), queried(1_500, 2), unanswered, queried(5_000, 2)])).toEqual(kept)
  expect(judgedOf([unanswered])).toMatchObject({ status: 'not-checked', why: 'no query was answered' })
})

test('the last answer is that of a run without faults, once the workflow has completed', () => {
  const history = [...asleep, woken, completed]
  expect(judgedOf([queried(5_000, 'done')], history, { progress: 'done' })).toEqual(kept)
  expect(judgedOf([queried(5_000, 'asleep')], history, { progress: 'done' })).toEqual(
    broken(`${name} answered "asleep" at the end (5.01 s), not "done" as without faults`),
  )
  expect(judgedOf([queried(1_500, 'asleep')], history, { progress: 'done' })).toEqual(kept)
})

test('a record from before queries were recorded is not checked', async () => {
  expect(judged(queries, await storedRecord('due-after-the-outage'))).toMatchObject({
    status: 'not-checked',
  })
})

test('answers that only the worker can read are not compared', () => {
  const why = 'the answer cannot be read: Unknown encoding: binary/encrypted'
  const encrypted = (askedMs: number) => queried(askedMs, undefined, { why })
  expect(judgedOf([declared('grows'), encrypted(1_500), encrypted(5_000)])).toEqual({
    status: 'not-checked',
    findings: [],
    why: `${name}: ${why}`,
  })
  expect(judgedOf([declared('grows'), queried(1_500, 1), encrypted(4_000), queried(5_000, 2)])).toEqual(kept)
})
