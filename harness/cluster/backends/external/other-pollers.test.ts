import { expect, test } from 'vitest'
import { othersIn } from './other-pollers.ts'

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
