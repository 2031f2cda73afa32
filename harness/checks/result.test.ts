import { describe, expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import type { Outcome } from '../record/timeline/outcome.ts'
import { completed, failed } from '../scenario/workload.ts'
import { result } from './result.ts'

const ended = event(9, 3_000, 'WorkflowExecutionFailed', { failure: { message: 'no funds' } })

test('the result of a run without faults keeps the promise', async () => {
  const record = await storedRecord('due-after-the-outage')
  expect(judged(result, record)).toEqual({ status: 'kept', findings: [] })
})

test('a result that differs from the one without faults', async () => {
  const record = await storedRecord('due-after-the-outage')
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow' && entry.golden !== null
      ? { ...entry, golden: { ...entry.golden, outcomes: [completed('another')] } }
      : entry,
  )
  expect(foundIn({ ...record, timeline })).toEqual([
    {
      check: 'result',
      kind: 'safety',
      message: expect.stringMatching(/ ended with \{.*\}, not \{.*"another"\}$/),
    },
  ])
})

test('a workflow that failed although it should complete', () => {
  expect(judged(result, recordOf([ended], killed(1_000, 1_600)))).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message: 'w ended with {"status":"failed","message":"no funds"}, not {"status":"completed"}',
      },
    ],
  })
})

describe('an outcome that the scenario named when it awaited the end', () => {
  const resultOf = (timeline: readonly TimelineEntry[], history: HistoryEvent[] = [ended]) =>
    judged(result, recordOf(history, [...killed(1_000, 1_600), ...timeline]))
  const expected = (...outcomes: Outcome[]): TimelineEntry[] => [
    { kind: 'expected', atMs: 2_000, workflowId: 'w', runId: 'r', outcomes },
  ]

  test('may be a failure by the workflow’s own logic', () => {
    expect(resultOf(expected(failed('no funds')))).toEqual({ status: 'kept', findings: [] })
    expect(resultOf(expected(failed('no stock'))).findings).toHaveLength(1)
  })

  test('may have any result, or any message, if nobody said which', () => {
    const any = { anyValue: true } as const
    expect(resultOf(expected({ status: 'failed', message: '', ...any }))).toEqual({
      status: 'kept',
      findings: [],
    })
    expect(resultOf(expected({ status: 'completed', ...any })).findings).toHaveLength(1)
  })

  test('may be any one of several', () => {
    expect(resultOf(expected(completed(1), failed('no funds')))).toEqual({ status: 'kept', findings: [] })
  })

  test('without an expected outcome: not checked, never passed', () => {
    expect(resultOf(expected())).toEqual({
      status: 'not-checked',
      findings: [],
      why: 'no outcome is expected of w',
    })
  })

  test('the last run of a chain counts, and a chain that continues elsewhere is not closed', () => {
    const next = event(9, 3_000, 'WorkflowExecutionContinuedAsNew', { newExecutionRunId: 'r2' })
    const record = recordOf([next], killed(1_000, 1_600))
    const done = [event(1, 4_000, 'WorkflowExecutionCompleted', {})]
    const second = { kind: 'history', workflowId: 'w', runId: 'r2', events: done } as const
    const all: RunRecord = { ...record, observations: [...record.observations, second] }
    expect(judged(result, record)).toEqual({
      status: 'not-checked',
      findings: [],
      why: 'no workflow has closed',
    })
    expect(judged(result, all)).toEqual({ status: 'kept', findings: [] })
    const timeline = [...record.timeline, ...expected(completed('more'))]
    expect(judged(result, { ...all, timeline }).findings).toHaveLength(1)
  })
})
