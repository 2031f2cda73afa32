import { expect, test } from 'vitest'
import { killed } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { ownersOf } from './identities.ts'

const spawned: TimelineEntry = {
  kind: 'incarnation',
  phase: 'spawned',
  atMs: 2_500,
  worker: 'worker-1',
  incarnation: 2,
  identity: 'worker-1#2',
  pid: 12,
}

/** Killed at 2 s. The next one is spawned at 2.5 s and ready at 3 s. Each polls by its identity. */
function polledBy(first: string, second: string): TimelineEntry[] {
  return [...killed(2_000, 3_000), spawned].map((entry) =>
    entry.kind === 'incarnation' && entry.phase === 'ready'
      ? { ...entry, identities: [entry.incarnation === 1 ? first : second] }
      : entry,
  )
}

test('an identity of its own says who it is at any time', () => {
  const owner = ownersOf(polledBy('11@host', '12@host'))
  expect([owner('11@host', 9_000), owner('12@host', 0), owner('13@host', 1)]).toEqual([
    'worker-1#1',
    'worker-1#2',
    undefined,
  ])
})

test('starts that share an identity are told apart by time', () => {
  const owner = ownersOf(polledBy('orders', 'orders'))
  const times = [1_000, 2_499, 2_500, 2_999, 3_000, 9_000]
  expect(times.map((atMs) => owner('orders', atMs))).toEqual([
    'worker-1#1',
    'worker-1#1',
    // The service may still hand work to a poll of the first one.
    undefined,
    undefined,
    'worker-1#2',
    'worker-1#2',
  ])
})

test('nobody knows which of two that live at once it was', () => {
  const alive = polledBy('orders', 'orders').filter(({ kind }) => kind !== 'exited')
  const owner = ownersOf(alive)
  expect([owner('orders', 1_000), owner('orders', 9_000)]).toEqual(['worker-1#1', undefined])
})

test('a worker whose identities were not learnt may have polled by its label', () => {
  const owner = ownersOf(killed(2_000, 3_000), (label) => [label])
  expect(owner('worker-1#2', 9_000)).toBe('worker-1#2')
})
