import { expect, test } from 'vitest'
import { killed, recordOf } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { outagesOf } from './outages.ts'

/** The timeline of a worker whose incarnations poll by these identities. */
function polledBy(identities: Readonly<Record<string, string[]>>): TimelineEntry[] {
  return killed(2_000, 2_600).map((entry) => {
    const learnt = entry.kind === 'incarnation' ? identities[entry.identity] : undefined
    return entry.kind === 'incarnation' && learnt !== undefined ? { ...entry, identities: learnt } : entry
  })
}

test('an outage knows by which identities the service knew the worker', () => {
  const timeline = polledBy({ 'worker-1#1': ['11@host', '11@host/activities'], 'worker-1#2': ['12@host'] })
  expect(outagesOf(recordOf([], timeline))).toMatchObject([
    { identities: ['11@host', '11@host/activities'], fromMs: 2_000, untilMs: 2_600 },
  ])
})

test('a worker whose identities were not learnt polled by its label', () => {
  expect(outagesOf(recordOf([], killed(2_000, 2_600)))).toMatchObject([{ identities: ['worker-1#1'] }])
})

test('a service polls nothing', () => {
  const fault = { kind: 'fault', atMs: 5, fault: 1, faultKind: 'kill-service', effect: 'dead' } as const
  const target = { kind: 'service', name: 'postgres' } as const
  expect(outagesOf(recordOf([], [{ ...fault, target }]))).toMatchObject([{ identities: [] }])
})
