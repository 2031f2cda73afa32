import { expect, test } from 'vitest'
import { upgradeTimelineEntry } from './upgrade.ts'

const at = { atMs: 1, kind: 'fault', fault: 1 } as const

test.each([
  ['kill-worker', 'worker-1#1', 'kill-worker', 'worker', 'dead'],
  ['terminate-worker', 'worker-1#2', 'terminate-worker', 'worker', 'stopped'],
  ['pause-worker', 'worker-1#1', 'pause-worker', 'worker', 'frozen'],
  ['kill-temporal-server', 'temporal-server', 'kill-service', 'service', 'dead'],
  ['stop-temporal-server', 'temporal-server', 'stop-service', 'service', 'stopped'],
  ['disconnect-postgres', 'postgres', 'disconnect-service', 'service', 'cut'],
  ['fill-disk', 'postgres', 'fill-disk', 'service', 'dead'],
])('schema 1 named the fault %s of %s', (name, target, faultKind, kind, effect) => {
  const expected = { ...at, faultKind, target: { kind, name: target }, effect }
  expect(upgradeTimelineEntry({ ...at, name, target })).toEqual(expected)
  expect(upgradeTimelineEntry(expected)).toEqual(expected)
})
