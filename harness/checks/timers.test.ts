import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { timers } from './timers.ts'

const timer = (id: number, lengthMs: number, end: 'TimerFired' | 'TimerCanceled' = 'TimerFired') => [
  event(id, 1_000, 'TimerStarted', { timerId: String(id), startToFireTimeout: `${lengthMs / 1_000}s` }),
  event(id + 1, 1_000 + lengthMs, end, { timerId: String(id), startedEventId: String(id) }),
]
const completed = event(90, 90_000, 'WorkflowExecutionCompleted')

/** A workflow with these timers, whose workload names others. */
function recorded(timersMs: number[] | undefined, ...events: HistoryEvent[]): RunRecord {
  const record = recordOf(events, killed(1_200, 1_500))
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow' && entry.golden !== null
      ? { ...entry, golden: { ...entry.golden, ...(timersMs && { timersMs }) } }
      : entry,
  )
  return { ...record, timeline }
}

const kept = { status: 'kept', findings: [] }

test('timers that fire with the lengths that the workload names keep the promise, others besides', () => {
  expect(judged(timers, recorded([5_000], ...timer(5, 5_000), ...timer(7, 100), completed))).toEqual(kept)
})

test('a workflow that sleeps half as long as it was told', () => {
  expect(judged(timers, recorded([86_400_000], ...timer(5, 43_200_000), completed))).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message:
          'w completed without a timer that it must wait for: 1 of 24 h 00 min expected, 0 fired; timers of 12 h 00 min fired',
      },
    ],
  })
})

test('a timer that is cancelled has not fired, and one of two is one too few', () => {
  const { findings } = judged(timers, recorded([5_000], ...timer(5, 5_000, 'TimerCanceled'), completed))
  expect(findings).toMatchObject([{ message: expect.stringMatching(/1 of 5.* expected, 0 fired; no other/) }])
  const one = judged(timers, recorded([5_000, 5_000], ...timer(5, 5_000), completed))
  expect(one.findings).toMatchObject([{ message: expect.stringMatching(/2 of 5.* expected, 1 fired/) }])
})

test('while a workflow is open, or if its workload names no timer: not checked', () => {
  const open = judged(timers, recorded([5_000], ...timer(5, 100)))
  expect(open).toMatchObject({
    status: 'not-checked',
    why: 'no workflow whose timers are named has completed',
  })
  expect(judged(timers, recorded(undefined, ...timer(5, 100), completed))).toMatchObject({
    status: 'not-checked',
    why: 'no workload names timers',
  })
})
