import { expect, test } from 'vitest'
import { mayRemove, defaultGraceMs, type LabeledObject } from './find-leftovers.ts'
import type { OwnerState } from './owner.ts'

const nowMs = 1_000_000_000
const lately = nowMs - defaultGraceMs + 1
const longAgo = nowMs - defaultGraceMs

function found(sinceMs: number, runs = false): LabeledObject {
  return { sessionId: 'a', name: 'a', owner: undefined, runs, sinceMs }
}

const running = [found(longAgo), found(longAgo, true)]
const endedLately = [found(longAgo), found(lately)]
const endedLongAgo = [found(longAgo), found(longAgo)]

test.each<[OwnerState, readonly boolean[]]>([
  ['alive', [false, false, false]],
  ['dead', [true, true, true]],
  ['rebooted', [false, true, true]],
  ['unknown', [false, false, true]],
])('of an owner who is %s: what runs, what ended lately, what ended long ago', (fate, expected) => {
  const left = [running, endedLately, endedLongAgo].map((each) => mayRemove(each, fate, nowMs))
  expect(left).toEqual(expected)
})
