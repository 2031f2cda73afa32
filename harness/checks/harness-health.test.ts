import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { storedRecord } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { harnessHealth } from './harness-health.ts'

const record = await storedRecord('due-after-the-outage')
const breaksOff = {
  check: 'harness-health',
  kind: 'harness',
  message: 'the record breaks off before the end of the run',
}

test('a complete record keeps the promise', () => {
  expect(judged(harnessHealth, record)).toEqual({ status: 'kept', findings: [] })
})

test('a worker that ended by itself, though nobody waited for it', () => {
  const ended = record.timeline.findIndex(({ kind }) => kind === 'ended')
  const crash: TimelineEntry = {
    kind: 'exited',
    atMs: record.timeline[ended]?.atMs ?? 0,
    worker: 'worker-1',
    incarnation: 2,
    identity: 'worker-1#2',
    pid: 1,
    exit: { code: null, signal: 'SIGSEGV' },
    planned: false,
  }
  const timeline = record.timeline.toSpliced(ended, 0, crash)
  expect(foundIn({ ...record, timeline })).toEqual([
    { check: 'harness-health', kind: 'harness', message: 'worker worker-1#2 ended by itself: SIGSEGV' },
  ])
})

test('a record that breaks off', () => {
  const timeline = record.timeline.filter(({ kind }) => kind !== 'ended')
  expect(foundIn({ ...record, timeline })).toEqual([breaksOff])
})

test('a record that breaks off during the observations', () => {
  const observations = record.observations.filter(({ kind }) => kind !== 'clock')
  expect(foundIn({ ...record, observations })).toEqual([breaksOff])
})
