import { expect, test } from 'vitest'
import { call } from '../../test/support/effect-record.ts'
import { goldenRecord, heldAgainst, type GoldenRecordParts } from '../../test/support/golden-record.ts'
import { judged } from '../../test/support/judged-record.ts'
import { event, storedRecord } from '../../test/support/stored-record.ts'
import { goldenParts, type MayDiffer } from '../record/golden.ts'
import type { RunRecord } from '../record/record.ts'
import { golden } from './golden.ts'
import { judgeRecord } from './judge-record.ts'

/** Of a run in which this differs from its golden run, which has ids of its own. */
function judgedOf(parts: GoldenRecordParts, inGolden: GoldenRecordParts = {}) {
  return judged(
    golden,
    heldAgainst(goldenRecord({ ...inGolden, runQueue: 's-1-golden' }), goldenRecord(parts)),
  )
}

const messagesOf = (parts: GoldenRecordParts) => judgedOf(parts).findings.map(({ message }) => message)
const statusOf = (answer: ReturnType<typeof judgedOf>, part: string) =>
  answer.rows?.find((row) => row.part === part)?.status

test('the same state keeps every row', () => {
  expect(judgedOf({})).toEqual({
    status: 'kept',
    findings: [],
    rows: goldenParts.map((part) => ({ part, status: 'kept' })),
  })
})

const paid = { ...call, key: 's-1-demo-1/paid', workflowId: 's-1-demo-1' }

test.each<[part: string, parts: GoldenRecordParts, message: string]>([
  [
    'outcome',
    { result: { paid: false } },
    'outcome of s-1-demo-1, result: expected (golden run) {"paid":true}, seen {"paid":false}',
  ],
  [
    'queries',
    { answer: { done: 1, by: ['ana', 'ben'] } },
    'queries of s-1-demo-1, progress.done: expected (golden run) 2, seen 1',
  ],
  [
    'search attributes',
    { attribute: 8 },
    'search attributes of s-1-demo-1, Stage: expected (golden run) 7, seen 8',
  ],
  ['memo', { memo: 'c' }, 'memo of s-1-demo-1, note: expected (golden run) "b", seen "c"'],
  [
    'pending work',
    { leavesOpen: true },
    'pending work of s-1-demo-1, ActivityTaskScheduled charge of demo: expected (golden run) nothing, seen 1',
  ],
  [
    'effects',
    { effects: [] },
    'effects of s-1-demo-1, <run>-demo-1/paid: expected (golden run) null, seen nothing',
  ],
  [
    'effects',
    { effects: [paid, { ...paid, key: 's-1-demo-1/refunded', sequence: 2, payload: 5 }] },
    'effects of s-1-demo-1, <run>-demo-1/refunded: expected (golden run) nothing, seen 5',
  ],
  [
    'events',
    { activities: 2 },
    'events of s-1-demo-1, ActivityTaskScheduled charge of demo: expected (golden run) 1, seen 2',
  ],
  [
    'events',
    {
      noise: [
        event(903, 2_000, 'TimerStarted', { timerId: '1', startToFireTimeout: '2s' }),
        event(904, 4_200, 'TimerFired', { timerId: '1', startedEventId: '903' }),
      ],
    },
    'events of s-1-demo-1, TimerFired 2s of demo: expected (golden run) nothing, seen 1',
  ],
  [
    'chain',
    { continues: true },
    'chain of s-1-demo-1, run 1: expected (golden run) "WorkflowExecutionCompleted", seen "WorkflowExecutionContinuedAsNew"',
  ],
  [
    'children',
    { hasChild: false },
    'children of s-1-demo-1, mail w-child: expected (golden run) "WorkflowExecutionCompleted", seen nothing',
  ],
  [
    'children',
    { childEnd: 'Failed' },
    'children of s-1-demo-1, mail w-child: expected (golden run) "WorkflowExecutionCompleted", seen "WorkflowExecutionFailed"',
  ],
])('%s that differs from the golden run breaks its row', (part, parts, message) => {
  const answer = judgedOf(parts)
  expect(answer.status).toBe('broken')
  expect(new Set(answer.findings.map(({ kind }) => kind))).toEqual(new Set(['safety']))
  expect(messagesOf(parts)).toContain(message)
  expect(statusOf(answer, part)).toBe('broken')
})

test.each<[what: string, parts: GoldenRecordParts]>([
  [
    'workflow tasks and their failures',
    {
      noise: [
        event(903, 4_100, 'WorkflowTaskScheduled'),
        event(904, 4_100, 'WorkflowTaskStarted', { scheduledEventId: '903' }),
        event(905, 4_200, 'WorkflowTaskTimedOut', { scheduledEventId: '903', startedEventId: '904' }),
      ],
    },
  ],
  [
    'a timer of a wait that was over before it fired, or needed none',
    {
      noise: [
        event(903, 4_100, 'TimerStarted', { timerId: '1', startToFireTimeout: '600s' }),
        event(904, 4_200, 'TimerCanceled', { timerId: '1', startedEventId: '903' }),
        event(905, 4_200, 'TimerStarted', { timerId: '2', startToFireTimeout: '600s' }),
      ],
    },
  ],
  ['the order of a list in an answer', { answer: { done: 2, by: ['ben', 'ana'] } }],
  [
    'an effect that was attempted again',
    { effects: [paid, { ...paid, attempt: 2, incarnation: 2, sequence: 2, outcome: 'repeat' }] },
  ],
])('%s may differ', (_, parts) => {
  expect(judgedOf(parts)).toMatchObject({ status: 'kept', findings: [] })
})

test('ids and times in values may differ', () => {
  const result = (id: string, time: string, ms: number) => ({
    result: { order: `${id}-demo-1/x`, id: '0199f1f2-0000-7000-8000-00000000000a', at: time, ms },
  })
  const inGolden = result('s-1-golden', '2026-01-01T00:00:04Z', Date.parse('2026-01-01T00:00:04Z'))
  const seen = result('s-1', '2026-01-01T00:01:09.5Z', Date.parse('2026-01-01T00:01:09Z'))
  expect(judgedOf(seen, inGolden).status).toBe('kept')
  // The ids of another run are no ids of this one.
  expect(judgedOf(result('s-10', '2026-01-01T00:00:04Z', 1), inGolden).status).toBe('broken')
})

test('a run that is still open is not compared: other checks say that it hangs', () => {
  const answer = judgedOf({ isOpen: true })
  expect(answer).toMatchObject({ status: 'not-checked', findings: [], why: 'demo-1: it was open at the end' })
})

test('a query that nobody answered once the workflow was closed is not compared', () => {
  const record = goldenRecord()
  const silent = { ...record, timeline: record.timeline.filter(({ kind }) => kind !== 'queried') }
  const answer = judged(golden, heldAgainst(goldenRecord(), silent))
  expect(answer).toMatchObject({ status: 'kept', findings: [] })
  expect(answer.rows?.find(({ part }) => part === 'queries')).toEqual({
    part: 'queries',
    status: 'not-checked',
    why: 'queries of demo-1: progress was not answered once the workflow was closed',
  })
  expect(judgedOf({ answer: 'another' }).findings).toHaveLength(3)
})

test('a workflow that was never started is told, if the scenario came to its end', () => {
  const whole = heldAgainst(goldenRecord(), withoutWorkflows(goldenRecord()))
  expect(judged(golden, whole).findings).toEqual([
    { kind: 'safety', message: 'chain of demo-1, workflow: expected (golden run) "started", seen nothing' },
  ])
  const failed = { kind: 'error', atMs: 1, code: 'CHAOS_X', errorKind: 'unmet', message: 'm' } as const
  const broken = { ...whole, timeline: [...whole.timeline, failed] }
  expect(judged(golden, broken)).toMatchObject({
    status: 'not-checked',
    why: 'demo-1 was not started: the scenario did not come to its end',
  })
})

function withoutWorkflows(record: RunRecord): RunRecord {
  return { ...record, timeline: record.timeline.filter(({ kind }) => kind !== 'workflow'), effects: [] }
}

function allowing(rule: MayDiffer, parts: GoldenRecordParts) {
  const record = heldAgainst(goldenRecord(), goldenRecord(parts))
  const choice = { kind: 'choice', atMs: 1, name: 'turn', value: 4 } as const
  return judged(golden, {
    ...record,
    header: { ...record.header, mayDiffer: [rule] },
    timeline: [choice, ...record.timeline],
  })
}

test('a scenario says what else may differ, and only that may', () => {
  const race: MayDiffer = { part: 'outcome', why: 'the timeout may come first' }
  const other = { result: 'timed out' }
  expect(allowing(race, other).status).toBe('kept')
  expect(allowing(race, other).rows?.[0]).toEqual({
    part: 'outcome',
    status: 'not-checked',
    why: 'outcome of demo-1: the timeout may come first',
  })
  expect(allowing({ ...race, workflow: 'another' }, other).status).toBe('broken')
  expect(allowing({ ...race, when: { turn: 4 } }, other).status).toBe('kept')
  expect(allowing({ ...race, when: { turn: 3 } }, other).status).toBe('broken')
  expect(allowing({ ...race, what: 'status' }, other).status).toBe('broken')
  expect(
    allowing(
      { part: 'queries', what: 'progress.done', why: 'it counts ticks' },
      { answer: { done: 9, by: ['ana', 'ben'] } },
    ).status,
  ).toBe('kept')
})

test('without a golden run nothing is compared, and the reason is told', async () => {
  expect(judged(golden, goldenRecord())).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the run was made without a golden run (--golden)',
  })
  const why = 'its golden run did not come to its end'
  const record = goldenRecord()
  const told = {
    ...record,
    observations: [{ kind: 'unavailable', observation: 'golden', why } as const, ...record.observations],
  }
  expect(judged(golden, told)).toMatchObject({ status: 'not-checked', why })
  const older = await storedRecord('due-after-the-outage')
  expect(judged(golden, older).status).toBe('not-checked')
})

test('a state that another version projected is not compared', () => {
  const record = heldAgainst(goldenRecord(), goldenRecord({ result: 'another' }))
  const changed = record.observations.map((one) =>
    one.kind === 'golden' ? { ...one, state: { ...one.state, version: 99 } } : one,
  )
  expect(judged(golden, { ...record, observations: changed })).toMatchObject({ status: 'not-checked' })
})

test.each(['due-after-the-outage', 'signals-after-a-restart', 'a-day-was-skipped'] as const)(
  'a real record compared with itself keeps all that it has: %s',
  async (name) => {
    const record = await storedRecord(name)
    const result = judgeRecord(heldAgainst(record, record), '.')
    expect(result.verdict).toBe('pass')
    expect(result.checks.find(({ check }) => check === 'golden')).toMatchObject({ status: 'kept' })
    expect(result.state?.find(({ part }) => part === 'outcome')?.by).toContain('golden')
  },
)

test('a result that only the worker can read: that there is one is compared, and how the workflow ended', () => {
  const encrypted = (data: string) => ({
    noise: [],
    resultPayload: { metadata: { encoding: btoa('binary/encrypted') }, data: btoa(data) },
  })
  const same = judgedOf(encrypted('x7'), encrypted('a3'))
  expect({ status: same.status, outcome: statusOf(same, 'outcome') }).toEqual({
    status: 'kept',
    outcome: 'kept',
  })
  expect(messagesOf({ ...encrypted('x7'), endsWith: 'Failed' })).toContainEqual(
    expect.stringMatching(
      /^outcome of s-1-demo-1, status: expected \(golden run\) "WorkflowExecutionCompleted"/,
    ),
  )
})
