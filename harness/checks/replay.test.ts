import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { replay } from './replay.ts'

const record = await storedRecord('due-after-the-outage')

function replayed(error: string | null) {
  const observations = record.observations.map((one) => (one.kind === 'replay' ? { ...one, error } : one))
  return { ...record, observations }
}

test('a history that replays keeps the promise', () => {
  expect(judged(replay, replayed(null))).toEqual({ status: 'kept', findings: [] })
})

test('a history that does not replay', () => {
  expect(foundIn(replayed('nondeterminism'))).toEqual([
    { check: 'replay', kind: 'safety', message: expect.stringMatching(/does not replay: nondeterminism$/) },
  ])
  expect(judged(replay, replayed('nondeterminism')).status).toBe('broken')
})

test('a history that replays only at once: the finding says under which clock it does not', () => {
  const observations = record.observations.map((one) =>
    one.kind === 'replay' ? { ...one, error: 'nondeterminism', way: 'if the clock is 400 days ahead' } : one,
  )
  expect(foundIn({ ...record, observations })).toEqual([
    {
      check: 'replay',
      kind: 'safety',
      message: expect.stringMatching(/ does not replay if the clock is 400 days ahead: nondeterminism$/),
    },
  ])
})

test('a history that was not replayed although it could have been: the harness says so', () => {
  const observations = record.observations.filter(({ kind }) => kind !== 'replay')
  expect(foundIn({ ...record, observations })).toEqual([
    { check: 'replay', kind: 'harness', message: expect.stringMatching(/was not replayed$/) },
  ])
  expect(judged(replay, { ...record, observations }).status).toBe('not-checked')
})

test('a worker without a replayer is not checked, which is no error', () => {
  const why = 'no replayer for this worker'
  const observations = [
    ...record.observations.filter(({ kind }) => kind !== 'replay'),
    { kind: 'unavailable', observation: 'replay', why } as const,
  ]
  expect(foundIn({ ...record, observations })).toEqual([])
  expect(judged(replay, { ...record, observations })).toEqual({ status: 'not-checked', findings: [], why })
})

test('a history that a user’s replayer said nothing of is not checked, which is no error', () => {
  const observations = record.observations.flatMap((one) =>
    one.kind === 'replay'
      ? [{ kind: 'unreplayed' as const, workflowId: one.workflowId, runId: one.runId, why: 'exit code 3' }]
      : [one],
  )
  expect(foundIn({ ...record, observations })).toEqual([])
  expect(judged(replay, { ...record, observations })).toEqual({
    status: 'not-checked',
    findings: [],
    why: expect.stringMatching(/ was not replayed: exit code 3$/),
  })
})

test('a run without a workflow has nothing to replay', () => {
  const timeline = recordOf([], []).timeline.filter(({ kind }) => kind !== 'workflow')
  expect(judged(replay, { ...recordOf([], []), timeline })).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no workflow was started',
  })
})
