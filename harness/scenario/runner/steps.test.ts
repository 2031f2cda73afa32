import { expect, test } from 'vitest'
import { MemoryTimeline } from '../../../test/support/memory-timeline.ts'
import { Steps } from './steps.ts'

function begin() {
  const timeline = new MemoryTimeline()
  const over = new AbortController()
  const told: string[] = []
  const steps = new Steps({ timeline, signal: over.signal, onStep: (name) => told.push(name) })
  return { timeline, over, told, steps }
}

test('steps are numbered, reported and added to the timeline when they begin', async () => {
  const { timeline, told, steps } = begin()
  expect(await steps.step('first', async () => 1)).toBe(1)
  timeline.nowMs = 20
  await steps.step('second', async () => (timeline.nowMs = 30))
  expect(told).toEqual(['first', 'second'])
  expect(timeline.entries).toEqual([
    { kind: 'step', step: 1, name: 'first', atMs: 0 },
    { kind: 'step', step: 2, name: 'second', atMs: 20 },
  ])
})

test('once the run is over no step begins', async () => {
  const { timeline, over, steps } = begin()
  over.abort(new Error('Ctrl-C'))
  let isDone = false
  await expect(steps.step('late', async () => (isDone = true))).rejects.toThrow('Ctrl-C')
  expect([isDone, timeline.entries]).toEqual([false, []])
})

test('a step that nobody awaited is an error; one that failed is over', async () => {
  const { steps } = begin()
  const { promise, resolve } = Promise.withResolvers<void>()
  const underWay = steps.step('slow', () => promise)
  expect(() => steps.assertAllOver()).toThrow(expect.objectContaining({ code: 'CHAOS_STEP_NOT_AWAITED' }))
  resolve()
  await underWay
  await expect(steps.step('failing', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(() => steps.assertAllOver()).not.toThrow()
})
