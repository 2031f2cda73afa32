import { describe, expect, test } from 'vitest'
import { newcomer } from './newcomers.ts'

const startedMs = 10_000
const isNew = newcomer({
  seen: new Set(['orders-worker', '11@host', 'neighbour']),
  living: new Set(['neighbour']),
  sinceWallMs: startedMs,
})

describe('whose poll it is, once a worker is started', () => {
  test.each<[string, string, number, boolean]>([
    ['an identity that nobody had before', '12@host', startedMs + 1, true],
    ['the same, by a clock that is a little behind', '12@host', startedMs - 1, true],
    ['the old entry of the one that died', 'orders-worker', startedMs - 1, false],
    ['an identity that is used again', 'orders-worker', startedMs + 1, true],
    ['an identity that somebody who lives has', 'neighbour', startedMs + 1, false],
  ])('%s', (_, identity, lastAccessWallMs, expected) => {
    expect(isNew({ identity, lastAccessWallMs })).toBe(expected)
  })
})
