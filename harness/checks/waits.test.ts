import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { judgeRecord } from './judge-record.ts'
import type { EntryOf, TimelineEntry } from '../record/timeline.ts'
import { waits } from './waits.ts'

const awaited = (atMs: number): TimelineEntry => ({
  kind: 'awaited',
  atMs,
  subject: 'timer 2 to be started',
  workflowId: 'w',
  runId: 'r',
})

function unmet(code: string, message = 'waited 60 s'): EntryOf<'error'> {
  const subject = code === 'CHAOS_MOMENT_NOT_REACHED' ? { subject: 'timer 2 to be started' } : {}
  return { kind: 'error', atMs: 59_000, code, errorKind: 'unmet', message, ...subject }
}

const notReached = unmet('CHAOS_MOMENT_NOT_REACHED')

test('a moment missing before a fault leaves the promise untested, one missing after it breaks the promise', () => {
  const finding = (kind: string) => {
    const window = kind === 'liveness' ? { window: { fromMs: 10, untilMs: 59_000 } } : {}
    const found = { kind, code: 'CHAOS_MOMENT_NOT_REACHED', message: 'waited 60 s', ...window }
    return { status: 'broken', findings: [found] }
  }
  expect(judged(waits, recordOf([], [awaited(10), notReached]))).toEqual(finding('assumption'))
  expect(judged(waits, recordOf([], [...killed(5), awaited(10), notReached]))).toEqual(finding('liveness'))
  // The fault was injected while the scenario was already waiting.
  expect(judged(waits, recordOf([], [awaited(1), ...killed(5), notReached]))).toEqual(finding('assumption'))
  // The scenario waited for the same moment twice: the second time, after the fault, it did not come.
  expect(judged(waits, recordOf([], [awaited(1), ...killed(5), awaited(10), notReached]))).toEqual(
    finding('liveness'),
  )
})

test.each([
  ['CHAOS_WORKFLOW_OPEN', 'liveness'],
  ['CHAOS_PROBE_UNANSWERED', 'liveness'],
  ['CHAOS_MESSAGE_UNANSWERED', 'liveness'],
  ['CHAOS_MOMENT_NOT_HELD', 'assumption'],
  ['CHAOS_TIME_NOT_SKIPPED', 'assumption'],
])('%s is a finding of kind %s', (code, kind) => {
  expect(judged(waits, recordOf([], [unmet(code, 'why')]))).toEqual({
    status: 'broken',
    findings: [{ kind, code, message: 'why' }],
  })
})

test('the finding is made once, and decides the verdict', async () => {
  const record = await storedRecord('due-after-the-outage')
  const late = { ...record, timeline: [...record.timeline, unmet('CHAOS_WORKFLOW_OPEN', 'still open')] }
  expect(foundIn(late)).toEqual([{ check: 'waits', kind: 'liveness', message: 'still open' }])
  expect(judgeRecord(late, '.')).toMatchObject({ verdict: 'fail', reason: 'still open' })
  const untested = { ...record, timeline: [awaited(1), ...record.timeline, notReached] }
  expect(judgeRecord(untested, '.')).toMatchObject({ verdict: 'inconclusive', reason: 'waited 60 s' })
})

test('a wait that ended keeps the promise; no wait at all keeps nothing', async () => {
  expect(judged(waits, await storedRecord('due-after-the-outage'))).toEqual({ status: 'kept', findings: [] })
  expect(judged(waits, recordOf([], [awaited(1)]))).toMatchObject({ status: 'kept' })
  expect(judged(waits, recordOf([], []))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the scenario waited for nothing',
  })
})
