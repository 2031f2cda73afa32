import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import { newcomer, pollerOfAttached } from './newcomers.ts'

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

describe('who polls for a worker that runs already', () => {
  const nowMs = 1_000_000
  const isIts = pollerOfAttached({
    living: new Set(['neighbour']),
    startedWallMs: nowMs - 50_000,
    nowWallMs: nowMs,
  })
  test.each<[string, string, number, boolean]>([
    ['somebody who has polled since it was started', 'orders-worker', 49_000, true],
    ['the one before it', 'orders-worker', 51_000, false],
    ['another worker', 'neighbour', 1_000, false],
    ['a process of this machine that is gone', `${spawnSync('true').pid}@${hostname()}`, 1_000, false],
  ])('%s', (_, identity, agoMs, expected) => {
    expect(isIts({ identity, lastAccessWallMs: nowMs - agoMs })).toBe(expected)
  })

  test('not somebody who has not polled for longer than a poll takes', () => {
    const old = pollerOfAttached({ living: new Set(), startedWallMs: 0, nowWallMs: nowMs })
    expect(old({ identity: 'a', lastAccessWallMs: nowMs - 71_000 })).toBe(false)
    expect(old({ identity: 'a', lastAccessWallMs: nowMs - 59_000 })).toBe(true)
  })
})
