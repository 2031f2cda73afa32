import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { killed, recordOf } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { probes } from './probes.ts'

const probe = (askedMs: number, atMs: number): TimelineEntry => ({
  kind: 'probe',
  atMs,
  faultIndex: 1,
  probe: 'query',
  workflowId: 'w',
  runId: 'r',
  askedMs,
})

const answer = (...entries: TimelineEntry[]) =>
  judged(probes, recordOf([], [...killed(1_000, 2_000), ...entries]))

test('probes within the budget keep the promise', () => {
  expect(answer(probe(2_000, 6_900))).toEqual({ status: 'kept', findings: [] })
})

test('probes over the budget break it', () => {
  expect(answer(probe(2_000, 7_500))).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'liveness',
        message: 'the query made after the heal of fault 1 took 5.50 s, over the budget of 5.00 s',
        window: { fromMs: 2_000, untilMs: 7_500 },
        lateByMs: 500,
      },
    ],
  })
})

test('probes during another fault say nothing', () => {
  const target = { kind: 'worker', name: 'x' } as const
  const again: TimelineEntry = {
    kind: 'fault',
    atMs: 3_000,
    fault: 2,
    faultKind: 'kill-worker',
    target,
    effect: 'dead',
  }
  expect(answer(probe(2_000, 7_500), again)).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'another fault struck during every probe',
  })
})

test('a run without probes is not checked', () => {
  expect(answer()).toEqual({ status: 'not-checked', findings: [], why: 'no probe was made' })
})

test('a worker without the probe workflows leaves it unchecked, and the reason is told', () => {
  const record = recordOf([], killed(1_000, 2_000))
  const why = 'the worker does not run the workflows that the harness probes with'
  const unavailable = { kind: 'unavailable', observation: 'probe', why } as const
  const told = { ...record, observations: [...record.observations, unavailable] }
  expect(judged(probes, told)).toEqual({ status: 'not-checked', findings: [], why })
})
