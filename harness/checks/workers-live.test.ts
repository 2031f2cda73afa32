import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { EntryOf, TimelineEntry } from '../record/timeline.ts'
import { judgeRecord } from './judge-record.ts'
import { workersLive } from './workers-live.ts'

const record = await storedRecord('due-after-the-outage')
const second = { worker: 'worker-1', incarnation: 2, identity: 'worker-1#2', pid: 1 }

function exited(exit: EntryOf<'exited'>['exit'], planned = false): TimelineEntry {
  return { kind: 'exited', atMs: 4_000, ...second, exit, planned }
}

function reported(code: string, message: string): TimelineEntry {
  const about = { subject: second.identity, hint: 'Its log is worker-1-2.log.' }
  return { kind: 'error', atMs: 4_010, code, errorKind: 'unmet', message, ...about }
}

/** The good record, in which the worker's second incarnation serves, with these entries before its end. */
function withEntries(...entries: TimelineEntry[]) {
  const ended = record.timeline.findIndex(({ kind }) => kind === 'ended')
  const atMs = record.timeline[ended]?.atMs ?? 0
  return {
    ...record,
    timeline: record.timeline.toSpliced(ended, 0, ...entries.map((one) => ({ ...one, atMs }))),
  }
}

test('a worker that ends only by the harness’s doing keeps the promise', () => {
  expect(judged(workersLive, record)).toEqual({ status: 'kept', findings: [] })
  expect(judged(workersLive, recordOf([], []))).toMatchObject({ status: 'not-checked' })
})

test('a worker that crashes after it took over is the system’s failure, told with its log', () => {
  const crash = withEntries(
    exited({ code: 1, signal: null }),
    reported(
      'CHAOS_WORKER_DIED',
      'worker worker-1#2 (pid 1) ended by itself: exit code 1\nTypeError: x\n  at y',
    ),
  )
  expect(judgeRecord(crash, '.')).toMatchObject({
    verdict: 'fail',
    reason: 'worker worker-1#2 ended by itself: exit code 1\nTypeError: x\n  at y',
  })
})

test('it fails the run even if the scenario could not test its claim because of it', () => {
  const timeline = withEntries(exited({ code: null, signal: 'SIGSEGV' })).timeline.filter(
    ({ kind }) => kind !== 'fault-confirmed',
  )
  expect(judgeRecord({ ...record, timeline }, '.')).toMatchObject({
    verdict: 'fail',
    reason: 'worker worker-1#2 ended by itself: SIGSEGV',
  })
})

test.each([
  ['SIGKILL', { code: null, signal: 'SIGKILL' }],
  ['SIGKILL', { code: 137, signal: null }],
  ['SIGTERM', { code: null, signal: 'SIGTERM' }],
  ['SIGTERM', { code: 143, signal: null }],
])('a worker that somebody else ended by %s is no failure of the system', (signal, exit) => {
  const message = `worker worker-1#2 was ended by ${signal}, which the harness did not send`
  const killed = withEntries(exited(exit))
  expect(foundIn(killed)).toEqual([{ check: 'workers-live', kind: 'harness', message }])
  expect(judgeRecord(killed, '.').verdict).toBe('error')
})

test('a worker that ends before it ever served, without any fault, has tested nothing', () => {
  const timeline = [
    { kind: 'incarnation', phase: 'spawned', atMs: 1, ...second } as const,
    { ...exited({ code: 7, signal: null }), atMs: 2 },
  ]
  expect(judged(workersLive, recordOf([], timeline)).findings).toMatchObject([
    { kind: 'harness', message: 'worker worker-1#2 ended by itself: exit code 7', endsRun: true },
  ])
})

test('a worker that is not ready in time: untested at first, a failure after a fault', () => {
  const late = reported('CHAOS_WORKER_NOT_READY', 'waited 60.0 s for worker worker-1#2 to poll q')
  const spawned = { kind: 'incarnation', phase: 'spawned', atMs: 1, ...second } as const
  expect(judged(workersLive, recordOf([], [spawned, late])).findings).toMatchObject([{ kind: 'assumption' }])
  expect(judgeRecord(withEntries(late), '.')).toMatchObject({
    verdict: 'fail',
    reason: 'waited 60.0 s for worker worker-1#2 to poll q',
  })
})

test('a reported death is not forgotten if its exit is missing from the record', () => {
  const died = withEntries(reported('CHAOS_WORKER_DIED', 'worker worker-1#2 (pid 1) ended by itself'))
  expect(judgeRecord(died, '.')).toMatchObject({
    verdict: 'fail',
    reason: 'worker worker-1#2 (pid 1) ended by itself',
  })
})
