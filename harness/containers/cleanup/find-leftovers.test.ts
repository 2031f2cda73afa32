import { expect, test } from 'vitest'
import { isLeft, patienceMs, type Found } from './find-leftovers.ts'
import type { Fate } from './owner.ts'

const nowMs = 1_000_000_000
const lately = nowMs - patienceMs + 1
const longAgo = nowMs - patienceMs

function found(sinceMs: number, runs = false): Found {
  return { sessionId: 'a', name: 'a', owner: undefined, runs, sinceMs }
}

const running = [found(longAgo), found(longAgo, true)]
const endedLately = [found(longAgo), found(lately)]
const endedLongAgo = [found(longAgo), found(longAgo)]

test.each<[Fate, readonly boolean[]]>([
  ['living', [false, false, false]],
  ['dead', [true, true, true]],
  ['rebooted', [false, true, true]],
  ['unknown', [false, false, true]],
])('of an owner who is %s: what runs, what ended lately, what ended long ago', (fate, expected) => {
  const left = [running, endedLately, endedLongAgo].map((each) => isLeft(each, fate, nowMs))
  expect(left).toEqual(expected)
})
