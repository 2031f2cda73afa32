import { expect, test } from 'vitest'
import { MemoryTimeline } from '../../../test/support/memory-timeline.ts'
import type { Fault } from '../../faults/fault.ts'
import { FaultLog } from './fault-log.ts'

const own = {
  kind: 'fill-disk',
  target: { kind: 'service', name: 'postgres' },
  effect: 'refused',
  available: () => null,
  inject: async () => ({ freeBytes: 0 }),
  heal: async () => {},
} as const satisfies Fault

function begin() {
  const timeline = new MemoryTimeline()
  const told: unknown[] = []
  const looks: string[] = []
  const faults = new FaultLog({
    timeline,
    step: (name, work) => {
      told.push(name)
      return work()
    },
    hooks: {
      onInjecting: ({ kind }) => told.push(`before ${kind}`),
      onConfirmed: async ({ kind }, number) => void looks.push(`after ${kind} ${number}`),
      onInjected: ({ kind }, number) => told.push(`after ${kind} ${number}`),
      onHealing: async (number) => void looks.push(`before the heal of ${number}`),
      untilBack: async ({ kind }) => void looks.push(`until ${kind} is over`),
    },
  })
  return { timeline, told, looks, faults }
}

test('a fault is announced before it is injected, and confirmed by its evidence', async () => {
  const { timeline, told, faults } = begin()
  const { kind: faultKind, target, effect } = own
  await faults.inject({
    ...own,
    inject: async () => {
      timeline.nowMs = 7
      return { freeBytes: 0 }
    },
  })
  expect(timeline.entries).toEqual([
    { kind: 'fault', fault: 1, faultKind, target, effect, atMs: 0 },
    { kind: 'fault-confirmed', fault: 1, evidence: { freeBytes: 0 }, atMs: 7 },
  ])
  expect(told).toEqual(['inject fill-disk on postgres', 'before fill-disk', 'after fill-disk 1'])
})

test('each of two faults that overlap keeps its own number', async () => {
  const { timeline, told, faults } = begin()
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = faults.inject({
    ...own,
    kind: 'slow-fault',
    inject: () => promise.then(() => ({ done: true })),
  })
  await faults.inject(own)
  resolve()
  await slow
  expect(timeline.entries.map((entry) => ('fault' in entry ? [entry.kind, entry.fault] : []))).toEqual([
    ['fault', 1],
    ['fault', 2],
    ['fault-confirmed', 2],
    ['fault-confirmed', 1],
  ])
  expect(told.slice(-2)).toEqual(['after fill-disk 2', 'after slow-fault 1'])
  expect([faults.count, faults.newest(({ kind }) => kind === 'slow-fault')?.kind]).toEqual([2, 'slow-fault'])
})

test('a fault that is not available is neither counted nor healed', async () => {
  const { timeline, faults } = begin()
  let healed = 0
  const down = { ...own, available: () => 'postgres is not running', heal: async () => void (healed += 1) }
  await expect(faults.inject(down)).rejects.toMatchObject({
    code: 'CHAOS_FAULT_UNAVAILABLE',
    kind: 'unmet',
    message: 'fill-disk on postgres cannot be injected: postgres is not running',
  })
  await faults.healAll()
  expect([faults.count, healed, timeline.entries]).toEqual([0, 0, []])
})

test('a fault that cannot be proven is healed all the same, and has no aftermath', async () => {
  const { timeline, told, faults } = begin()
  let healed = 0
  const unproven = {
    ...own,
    inject: () => Promise.reject(new Error('no proof')),
    heal: async () => void (healed += 1),
  }
  await expect(faults.inject(unproven)).rejects.toThrow('no proof')
  await faults.healAll()
  expect([faults.count, healed]).toEqual([1, 1])
  expect(timeline.entries.map(({ kind }) => kind)).toEqual(['fault', 'healing'])
  expect(told).not.toContain('after fill-disk 1')
})

test('a fault that cannot be healed is an error on the timeline, and every other is healed', async () => {
  const { timeline, faults } = begin()
  let healed = 0
  await faults.inject({ ...own, heal: async () => void (healed += 1) })
  await faults.inject({ ...own, heal: () => Promise.reject(new Error('the disk stays full')) })
  await faults.healAll()
  expect(healed).toBe(1)
  expect(timeline.entries.filter(({ kind }) => kind === 'error')).toEqual([
    expect.objectContaining({ message: 'the disk stays full' }),
  ])
})

test('a fault with wrong data is refused before anything happens', async () => {
  const { timeline, told, faults } = begin()
  await expect(faults.inject({ ...own, kind: 'Fill the disk' })).rejects.toMatchObject({
    code: 'CHAOS_FAULT_INVALID',
    kind: 'usage',
    message: expect.stringContaining('kebab-case'),
  })
  expect([faults.count, told, timeline.entries]).toEqual([0, [], []])
})

test('what is about to be healed is looked at once more, and noted, once', async () => {
  const { timeline, looks, faults } = begin()
  await faults.inject(own)
  expect(faults.isQuiet).toBe(false)
  await faults.beforeHeal(({ kind }) => kind === own.kind)
  await faults.healAll()
  expect(faults.isQuiet).toBe(true)
  expect(looks).toEqual(['after fill-disk 1', 'before the heal of 1'])
  expect(timeline.entries.filter(({ kind }) => kind === 'healing')).toEqual([
    { kind: 'healing', fault: 1, atMs: 0 },
  ])
})

test('a fault that is healed before the end marks its target as serving once that is back', async () => {
  const { timeline, told, looks, faults } = begin()
  const fault = { ...own, heal: async () => void looks.push('healed') }
  await faults.inject(fault)
  await faults.heal(fault)
  expect(told.at(-1)).toBe('heal fill-disk on postgres')
  expect(looks.slice(1)).toEqual(['before the heal of 1', 'healed', 'until fill-disk is over'])
  expect(timeline.entries.at(-1)).toEqual({ kind: 'serving', target: 'postgres', evidence: {}, atMs: 0 })
})

test('a fault that was not injected cannot be healed', async () => {
  const { faults } = begin()
  await expect(faults.heal(own)).rejects.toMatchObject({ code: 'CHAOS_FAULT_NOT_INJECTED', kind: 'usage' })
})

test('a dead target is for whoever starts it again', async () => {
  const { faults } = begin()
  await faults.inject({ ...own, effect: 'dead' })
  expect(faults.isQuiet).toBe(true)
})
