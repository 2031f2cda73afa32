import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { workOpen } from './work-open.ts'

const record = await storedRecord('due-after-the-outage')

test('a fault while a timer runs hits open work', () => {
  expect(judged(workOpen, record)).toEqual({ status: 'kept', findings: [] })
})

test('a second fault after all work was done', () => {
  const again = record.timeline.flatMap((entry): TimelineEntry[] => {
    const atMs = entry.atMs + 20_000
    if (entry.kind === 'fault')
      return [entry, { ...entry, atMs, fault: 2, target: { kind: 'worker', name: 'worker-1#2' } }]
    if (entry.kind === 'fault-confirmed') return [entry, { ...entry, atMs, fault: 2 }]
    return [entry]
  })
  expect(foundIn({ ...record, timeline: again })).toContainEqual({
    check: 'work-open',
    kind: 'assumption',
    message: 'no workflow had open work when kill-worker on worker-1#2 was injected',
  })
})

test('a fault without open work', () => {
  const idle = recordOf([event(1, 1, 'WorkflowExecutionStarted')], killed(1_000, 1_600))
  expect(judged(workOpen, idle)).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'assumption',
        message: 'no workflow had open work when kill-worker on worker-1#1 was injected',
      },
    ],
  })
})

test('a run without a fault is not checked', () => {
  expect(judged(workOpen, recordOf([], []))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no fault was injected',
  })
})
