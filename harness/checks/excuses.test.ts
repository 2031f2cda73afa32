import { describe, expect, test } from 'vitest'
import { onMachine, type Load } from '../../test/support/machine-lines.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { begun, sticky } from '../../test/support/analysed-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { analyse } from '../analysis/analyse.ts'
import { findingsOf, type Finding } from '../result/check-result.ts'
import { completed } from './completed.ts'
import { effects } from './effects.ts'
import { withExcuses } from './excuses.ts'
import { recovery } from './recovery.ts'
import { judge } from './verdict.ts'

/** A workflow with this history, whose worker was killed at 2 s. */
const struck = (events: HistoryEvent[]) => recordOf(events, killed(2_000, 3_000))
const afterOutage = await storedRecord('due-after-the-outage')

/** The verdict of the checks that matter here: handmade records are not whole. */
function verdictOf(record: RunRecord) {
  const analysis = analyse(record)
  const answers = [effects, completed, recovery].map((one) => ({ check: one.name, ...one.judge(analysis) }))
  return judge(findingsOf(withExcuses(answers, analysis)))
}

const judged = (...args: Parameters<typeof onMachine>) => verdictOf(onMachine(...args))

/** A workflow task that waited from the kill at 2 s until its next start, and the workflow's end. */
function recoveredAt(startedMs: number): RunRecord {
  return struck([
    ...begun,
    event(4, 1_900, 'WorkflowTaskScheduled', sticky),
    event(5, startedMs, 'WorkflowTaskStarted', { scheduledEventId: '4', identity: 'worker-1#2' }),
    event(6, startedMs, 'WorkflowTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
    event(7, startedMs, 'WorkflowExecutionCompleted'),
  ])
}

const neighbours: Load = { waiting: 3, own: 0.3, others: 0.7, cpu: 0.62 }

test('a late recovery on a quiet machine is the system’s', () => {
  expect(judged(recoveredAt(8_600), { cpu: 0.2, waiting: 0.05, others: 0.2 })).toMatchObject({
    verdict: 'fail',
    reason: expect.stringMatching(/^workflow task 4 of w recovered in 6\.60 s, over the budget of 5\.00 s/),
  })
})

test('on a starved machine it says nothing, and the figures are told', () => {
  const { verdict, reason } = judged(recoveredAt(8_600), neighbours)
  expect({ verdict, reason }).toEqual({
    verdict: 'inconclusive',
    reason:
      'the machine was starved (its processes waited for a core for 78 % of 6.60 s, CPU pressure 62 %, load 1.0): ' +
      'workflow task 4 of w recovered in 6.60 s, over the budget of 5.00 s: dispatch took 5.60 s',
  })
})

test('no state of the machine excuses a timeout that alone is longer than the budget', () => {
  const strict = { ...afterOutage, header: { ...afterOutage.header, budgetMs: 1 } }
  expect(judged(strict, neighbours)).toMatchObject({
    verdict: 'fail',
    reason: expect.stringMatching(/over the budget of 1 ms: .*\(stickyQueueScheduleToStartTimeout\) took/),
  })
})

test.each<[string, Load, RegExp]>([
  ['the disk', { io: 0.7 }, /^the machine was starved \(IO pressure 70 % of 6\.60 s, /],
  ['memory', { memory: 0.3 }, /^the machine was starved \(memory pressure 30 % of 6\.60 s, /],
  [
    'cores that were taken',
    { own: 0.5, stolen: 0.5 },
    /^the machine was starved \(its processes waited for a core/,
  ],
])('so it is if it waited for %s', (_, load, reason) => {
  expect(judged(recoveredAt(8_600), load)).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(reason),
  })
})

test('only the time in question counts', () => {
  const before = (atMs: number) => (atMs > 2_000 ? {} : neighbours)
  const after = (atMs: number) => (atMs > 9_000 ? neighbours : {})
  expect(judged(recoveredAt(8_600), before).verdict).toBe('fail')
  expect(judged(recoveredAt(8_600), after).verdict).toBe('fail')
})

test('a recovery in time is a pass on any machine', () => {
  expect(judged(recoveredAt(4_000), neighbours).verdict).toBe('pass')
})

test('a system that is slow because of its own threads has no excuse', () => {
  expect(judged(recoveredAt(8_600), { waiting: 3, own: 1, cpu: 0.95 }).verdict).toBe('fail')
})

test('what was lost does not excuse a recovery that was far too late', () => {
  expect(judged(recoveredAt(42_000), neighbours)).toMatchObject({ verdict: 'inconclusive' })
  const atFirst = (atMs: number) => (atMs > 15_000 ? {} : neighbours)
  expect(judged(recoveredAt(20_000), atFirst)).toMatchObject({ verdict: 'inconclusive' })
  expect(judged(recoveredAt(42_000), atFirst)).toMatchObject({ verdict: 'fail' })
})

describe('the harness stood still', () => {
  test('in the time in question: that is an error, with the figures', () => {
    const { verdict, reason } = judged(recoveredAt(8_600), {}, [[2_100, 8_100]])
    expect(verdict).toBe('error')
    expect(reason).toMatch(
      /^the harness stood still for 6\.00 s of 6\.60 s: workflow task 4 of w recovered in/,
    )
  })

  test('at another time, or not for long: that excuses nothing', () => {
    expect(judged(recoveredAt(8_600), {}, [[20_000, 26_000]]).verdict).toBe('fail')
    expect(judged(recoveredAt(8_600), {}, [[2_100, 2_800]]).verdict).toBe('fail')
    expect(judged(recoveredAt(32_000), {}, [[2_100, 8_100]]).verdict).toBe('fail')
  })

  test('in several pieces that come to as much', () => {
    const pieces = [0, 1, 2, 3].map((piece) => [2_100 + piece * 1_500, 2_700 + piece * 1_500] as const)
    expect(judged(recoveredAt(8_600), {}, pieces).verdict).toBe('error')
  })
})

test('of a starved machine and a harness that stood still the one that cost more time is told', () => {
  expect(judged(recoveredAt(8_600), neighbours, [[2_100, 8_100]]).verdict).toBe('error')
  expect(judged(recoveredAt(8_600), neighbours, [[2_100, 4_100]]).verdict).toBe('inconclusive')
})

test('a worker that died by itself was not late, one that is not ready yet is', () => {
  const analysis = analyse(onMachine(recoveredAt(8_600), neighbours))
  const found = (code: string): Finding => ({ kind: 'liveness', code, message: code, endsRun: true })
  const findings = [found('CHAOS_WORKER_DIED'), found('CHAOS_WORKER_NOT_READY')]
  const excused = withExcuses([{ check: 'workers-live', status: 'broken', findings }], analysis)
  expect(findingsOf(excused).map(({ excuse }) => excuse?.verdict)).toEqual([undefined, 'inconclusive'])
})

test('nothing that is lost is excused', () => {
  const record = recoveredAt(8_600)
  const lost = record.timeline.map((entry) =>
    entry.kind === 'workflow' && entry.golden !== null
      ? { ...entry, golden: { ...entry.golden, effects: ['paid'] } }
      : entry,
  )
  const { verdict, reason } = judged({ ...record, timeline: lost }, neighbours, [[2_100, 8_100]])
  expect(verdict).toBe('fail')
  expect(reason).toMatch(/^lost: /)
})

test('a workflow that is still open is excused only by the whole time since the fault', () => {
  const open = struck([...begun, event(4, 1_900, 'WorkflowTaskScheduled', sticky)])
  expect(judged(open, (atMs) => (atMs < 12_000 ? neighbours : {})).verdict).toBe('fail')
  expect(judged(open, neighbours).verdict).toBe('inconclusive')
  expect(judged(open, {}, [[3_000, 58_000]]).verdict).toBe('error')
})

test('a workflow that stood still only after the machine was quiet again has no excuse', () => {
  const later = struck([...begun, event(4, 40_000, 'WorkflowTaskScheduled', sticky)])
  const atFirst = (atMs: number) => (atMs < 38_000 ? neighbours : {})
  expect(judged(later, atFirst).verdict).toBe('fail')
  expect(judged(later, (atMs) => (atMs < 38_000 ? {} : neighbours)).verdict).toBe('inconclusive')
})

test('a record from before the machine was observed is judged as before', () => {
  expect(verdictOf(recoveredAt(8_600)).verdict).toBe('fail')
})
