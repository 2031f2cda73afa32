import { describe, expect, test } from 'vitest'
import { event, killed, recordOf } from '../../fixtures/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse } from '../analysis/analyse.ts'
import { claims } from './claims.ts'
import { noTaskTimeouts } from './no-task-timeouts.ts'
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

describe('probes', () => {
  const found = (...entries: TimelineEntry[]) =>
    probes
      .judge(analyse(recordOf([], [...killed(1_000, 2_000), ...entries])))
      .findings.map(({ message }) => message)

  test('within the budget are nothing to speak of', () => {
    expect(found(probe(2_000, 6_900))).toEqual([])
  })

  test('over it break the promise', () => {
    expect(found(probe(2_000, 7_500))).toEqual([
      'the query asked for after the heal of fault 1 took 5.50 s, over the budget of 5.00 s',
    ])
  })

  test('that another fault struck say nothing', () => {
    const target = { kind: 'worker', name: 'x' } as const
    const again = {
      kind: 'fault',
      atMs: 3_000,
      fault: 2,
      faultKind: 'kill-worker',
      target,
      effect: 'dead',
    } as const
    expect(found(probe(2_000, 7_500), again)).toEqual([])
  })
})

describe('claims', () => {
  test('that are not so break the promise', () => {
    const expectThat = (isSo: boolean): TimelineEntry => ({
      kind: 'claim',
      atMs: 1,
      sentence: 'it is so',
      isSo,
    })
    expect(claims.judge(analyse(recordOf([], [expectThat(true)])))).toEqual({ status: 'kept', findings: [] })
    expect(claims.judge(analyse(recordOf([], [expectThat(false)])))).toEqual({
      status: 'broken',
      findings: [{ kind: 'safety', message: 'not so: it is so' }],
    })
  })
})

describe('no task timeouts', () => {
  const found = (name: string, attributes = {}) =>
    noTaskTimeouts
      .judge(analyse(recordOf([event(4, 10, name, attributes)], [])))
      .findings.map(({ message }) => message)

  test('a workflow task or an activity that timed out is found', () => {
    expect(found('WorkflowTaskTimedOut')).toEqual([
      'w: WorkflowTaskTimedOut (event 4) tells of a task that timed out',
    ])
    expect(found('ActivityTaskTimedOut')).toHaveLength(1)
  })

  test('so is an attempt before the last one', () => {
    expect(found('ActivityTaskStarted', { lastFailure: { timeoutFailureInfo: {} } })).toHaveLength(1)
    expect(found('ActivityTaskStarted', { lastFailure: { applicationFailureInfo: {} } })).toEqual([])
  })
})
