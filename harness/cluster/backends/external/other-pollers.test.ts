import { hostname } from 'node:os'
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { hasEnded, othersIn } from './other-pollers.ts'

const nowMs = 1_000_000
const backlog = { tasks: 0, ageMs: 0 }

test('who polled within the last minute, each once for a queue, the newest first', () => {
  const at = (identity: string, agoMs: number) => ({ identity, lastAccessWallMs: nowMs - agoMs })
  const states = [
    { queue: 'orders', polls: 'workflow', backlog, pollers: [at('a', 30_000), at('gone', 71_000)] },
    { queue: 'orders', polls: 'activity', backlog, pollers: [at('a', 5_000), at('b', 69_000)] },
    { queue: 'mails', polls: 'activity', backlog, pollers: [at('a', -20)] },
  ] as const
  expect(othersIn(states, nowMs)).toEqual([
    { identity: 'a', queue: 'mails', agoMs: 0 },
    { identity: 'a', queue: 'orders', agoMs: 5_000 },
    { identity: 'b', queue: 'orders', agoMs: 69_000 },
  ])
})

test('a process of this machine that has ended is known by its identity', () => {
  const { pid } = spawnSync('true')
  expect(hasEnded(`${pid}@${hostname()}`)).toBe(true)
  expect(hasEnded(`${pid}@${hostname()}@`)).toBe(true)
  expect(hasEnded(`${process.pid}@${hostname()}`)).toBe(false)
  expect(hasEnded(`${pid}@elsewhere`)).toBe(false)
  expect(hasEnded('orders-worker')).toBe(false)
})
