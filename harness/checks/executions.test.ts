import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { begun } from '../../test/support/analysed-record.ts'
import { event, executionSeen, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { ObservationEntry } from '../record/observation.ts'
import { attributes } from './attributes.ts'
import { startedOnce } from './started-once.ts'
import { visibility } from './visibility.ts'

const looked: ObservationEntry = { kind: 'visibility', tookMs: 10_050, withinMs: 10_000 }

function recorded(executions: ObservationEntry[], history = begun) {
  const record = recordOf(history, killed(2_000, 2_500))
  return { ...record, observations: [...record.observations, ...executions] }
}

const kept = { status: 'kept', findings: [] }
const both = [executionSeen('describe'), executionSeen('list'), looked]

test('the runs that the record knows, as described and as listed, keep all promises', () => {
  expect(judged(startedOnce, recorded(both))).toEqual(kept)
  expect(judged(visibility, recorded(both))).toEqual(kept)
})

test.each(['describe', 'list'] as const)('a second run that only %s shows was started twice', (source) => {
  const second = executionSeen(source, { runId: 'r2', startedAtMs: 9_000, status: 'RUNNING' })
  expect(judged(startedOnce, recorded([...both, second]))).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message:
          'started twice: w has the run r2 (RUNNING), begun at 9.00 s, which neither its runs (r) nor a parent started',
      },
    ],
  })
})

test('a run of the same id from before this run is none of its own', () => {
  const old = executionSeen('list', { runId: 'r0', startedAtMs: -60_000 })
  expect(judged(startedOnce, recorded([...both, old]))).toEqual(kept)
})

test.each([
  ['is not there', [executionSeen('describe'), looked], 'not there'],
  [
    'has another status',
    [executionSeen('describe'), executionSeen('list', { status: 'RUNNING' }), looked],
    'RUNNING',
  ],
] satisfies [string, ObservationEntry[], string][])('a workflow that %s in the list', (_, seen, shown) => {
  expect(judged(visibility, recorded(seen))).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message: `w (run r) is COMPLETED, and in the list of workflows it is ${shown}, still 10.1 s after the end`,
      },
    ],
  })
})

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
const fields = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { data: encoded(value) }]))

test('memo and search attributes are what the history says, the last value of each', () => {
  const history = [
    event(1, 1, 'WorkflowExecutionStarted', {
      memo: { fields: fields({ owner: 'ana', draft: true }) },
      searchAttributes: { indexedFields: fields({ CustomerId: 'c-1' }) },
    }),
    event(2, 2, 'WorkflowPropertiesModified', {
      upsertedMemo: { fields: fields({ owner: 'ben', draft: null }) },
    }),
    event(3, 3, 'UpsertWorkflowSearchAttributes', {
      searchAttributes: { indexedFields: fields({ CustomerId: 'c-2' }) },
    }),
  ]
  const right = {
    memo: { owner: encoded('ben') },
    searchAttributes: { CustomerId: encoded('c-2'), BuildIds: 'x' },
  }
  expect(judged(attributes, recorded([executionSeen('describe', right)], history))).toEqual(kept)
  const wrong = { memo: { owner: encoded('ana') }, searchAttributes: {} }
  expect(judged(attributes, recorded([executionSeen('describe', wrong)], history)).findings).toEqual([
    { kind: 'safety', message: 'memo owner of w (run r) is "ana", and by its history "ben"' },
    {
      kind: 'safety',
      message: 'search attribute CustomerId of w (run r) is not there, and by its history "c-2"',
    },
  ])
})

const closed = [...begun, event(4, 1_001, 'WorkflowExecutionCompleted')]

test('a workflow that the service describes otherwise than its history ends', () => {
  const failed = [
    executionSeen('describe', { status: 'FAILED' }),
    executionSeen('list', { status: 'FAILED' }),
  ]
  expect(judged(visibility, recorded([...both], closed))).toEqual(kept)
  expect(judged(visibility, recorded([...failed, looked], closed)).findings).toEqual([
    {
      kind: 'safety',
      message: 'w (run r) is FAILED as the service describes it, and by its history COMPLETED',
    },
  ])
})

test('a list with other attributes than the description, of a workflow that is closed', () => {
  const seen = (memo: object, searchAttributes: object) => ({
    memo: Object.fromEntries(Object.entries(memo).map(([key, value]) => [key, encoded(value)])),
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([key, value]) => [key, encoded(value)]),
    ),
  })
  const asDescribed = seen(
    { owner: 'ana' },
    { At: '2026-01-01T00:00:00.000000Z', Tags: ['b', 'a'], Gone: null },
  )
  const otherNotation = seen({ owner: 'ana' }, { At: '2026-01-01T01:00:00+01:00', Tags: ['a', 'b'] })
  const wrong = seen({ owner: 'ben' }, { At: '2026-01-02T00:00:00Z', Tags: 'a', BuildIds: ['b'] })
  const shown = (list: object, differing = {}) =>
    judged(
      visibility,
      recorded([
        executionSeen('describe', { ...asDescribed, ...differing }),
        executionSeen('list', { ...list, ...differing }),
        looked,
      ]),
    )
  expect(shown(otherNotation)).toEqual(kept)
  expect(shown(wrong).findings.map(({ message }) => message)).toEqual([
    'memo owner is "ana", and in the list of workflows "ben", still 10.1 s after the end of w (run r)',
    'search attribute At is "2026-01-01T00:00:00.000000Z", and in the list of workflows "2026-01-02T00:00:00Z", still 10.1 s after the end of w (run r)',
    'search attribute Tags is ["b","a"], and in the list of workflows "a", still 10.1 s after the end of w (run r)',
    'search attribute BuildIds is not there, and in the list of workflows ["b"], still 10.1 s after the end of w (run r)',
  ])
  expect(shown(wrong, { status: 'RUNNING' })).toEqual(kept)
  const noBase64 = { ...otherNotation, memo: { owner: `<b>${encoded('ana')}` } }
  expect(shown(noBase64).findings).toHaveLength(1)
})

test('a memo or search attribute that no event set, unless the server notes it itself', () => {
  const history = [event(1, 1, 'WorkflowExecutionStarted'), ...closed.slice(1)]
  const seen = {
    memo: { owner: encoded('ana') },
    searchAttributes: {
      CustomerId: encoded('c-1'),
      BuildIds: encoded(['b']),
      TemporalPauseInfo: encoded(['p']),
    },
  }
  expect(judged(attributes, recorded([executionSeen('describe', seen)], history)).findings).toEqual([
    { kind: 'safety', message: 'memo owner of w (run r) is "ana", and by its history not there' },
    {
      kind: 'safety',
      message: 'search attribute CustomerId of w (run r) is "c-1", and by its history not there',
    },
  ])
})

test('a record from before the service was asked is not checked', async () => {
  const old = await storedRecord('due-after-the-outage')
  for (const check of [startedOnce, visibility, attributes])
    expect(judged(check, old)).toMatchObject({ status: 'not-checked', findings: [] })
})
