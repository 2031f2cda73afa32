import { expect, test } from 'vitest'
import { beatEveryMs, Heartbeat } from './heartbeat.ts'

test('a beat in time ends no gap, and how late it was is told once', () => {
  const heartbeat = new Heartbeat(1_000)
  expect(heartbeat.beat(1_000 + beatEveryMs)).toBeUndefined()
  expect(heartbeat.beat(1_000 + 2 * beatEveryMs + 30)).toBeUndefined()
  expect(heartbeat.takeLateMs()).toBe(30)
  expect(heartbeat.takeLateMs()).toBe(0)
})

test('a beat that is very late ends a gap, from the beat before', () => {
  const heartbeat = new Heartbeat(1_000)
  expect(heartbeat.beat(7_000)).toEqual({ fromMs: 1_000, untilMs: 7_000 })
  expect(heartbeat.takeLateMs()).toBe(6_000 - beatEveryMs)
  expect(heartbeat.beat(7_000 + beatEveryMs)).toBeUndefined()
})
