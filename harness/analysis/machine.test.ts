import { expect, test } from 'vitest'
import { machineLines, type Load } from '../../test/support/machine-lines.ts'
import { machineOf } from './machine.ts'

const within = (load: (atMs: number) => Load, fromMs: number, untilMs: number) =>
  machineOf(machineLines(load)).within({ fromMs, untilMs })

test('pressure is the share of exactly the window, whatever was before and after', () => {
  const load = (atMs: number) => (atMs > 10_000 && atMs <= 20_000 ? { cpu: 0.6, io: 0.2, memory: 0.1 } : {})
  expect(within(load, 10_000, 20_000)?.pressure).toEqual({
    cpu: expect.closeTo(0.6),
    io: expect.closeTo(0.2),
    memory: expect.closeTo(0.1),
  })
  expect(within(load, 10_120, 10_480)?.pressure?.cpu).toBeCloseTo(0.6)
  expect(within(load, 0, 20_000)?.pressure?.cpu).toBeCloseTo(0.3)
  expect(within(load, 20_000, 60_000)?.pressure).toEqual({ cpu: 0, io: 0, memory: 0 })
})

const waiting = (load: Load) => within(() => load, 5_000, 15_000)?.waiting

test('waiting for others counts, waiting for itself does not', () => {
  expect(waiting({ waiting: 0.1, own: 0.5, others: 0.5 })).toBeCloseTo(0.05)
  expect(waiting({ waiting: 0.8, own: 0.9, others: 0 })).toBeCloseTo(0)
})

test('what serves the run alone loses time to other runs, what serves them too does not', () => {
  expect(waiting({ waiting: 0.1, own: 0.5, otherRuns: 0.5 })).toBeCloseTo(0.05)
  expect(waiting({ own: 0, sharedWaiting: 0.4, shared: 0.5, otherRuns: 0.5 })).toBeCloseTo(0)
  expect(waiting({ own: 0, sharedWaiting: 0.4, shared: 0.5, others: 0.5 })).toBeCloseTo(0.2 / 1.2)
})

test('the larger loss counts, of what serves the run alone and of what serves others too', () => {
  const load = { waiting: 0.1, own: 0.2, shared: 0.2, others: 0.6 }
  expect(waiting({ ...load, sharedWaiting: 0.5 })).toBeCloseTo(0.3)
  expect(waiting({ ...load, sharedWaiting: 0 })).toBeCloseTo(0.08)
})

test('a worker that sleeps loses nothing', () => {
  expect(waiting({ waiting: 0, own: 0, otherRuns: 1 })).toBeCloseTo(0)
})

test('threads that wait at the same time hold the work up once', () => {
  // Of five cores' worth of work that is ready, others use four.
  expect(waiting({ waiting: 2, own: 0.2, others: 0.8 })).toBeCloseTo(1.6 / (1.6 + 0.4))
  expect(waiting({ waiting: 20, own: 0.2, others: 0.8 })).toBeCloseTo(16 / (16 + 0.4))
  const half = (atMs: number) => (atMs > 10_000 ? {} : { waiting: 2, own: 0.2, others: 0.8 })
  expect(within(half, 5_000, 15_000)?.waiting).toBeCloseTo(0.4)
})

test('what other virtual machines take is time lost', () => {
  expect(waiting({ own: 0.5, stolen: 0.5 })).toBeCloseTo(0.5 / 1.5)
  expect(waiting({ own: 0.1, others: 0.4, stolen: 0.5 })).toBeCloseTo(0.1)
})

test('the standstills of the harness count as far as they are in the window', () => {
  const { standstillMs } = machineOf([
    { kind: 'standstill', fromMs: 1_000, untilMs: 7_000 },
    { kind: 'standstill', fromMs: 9_000, untilMs: 9_500 },
  ])
  expect(standstillMs({ fromMs: 0, untilMs: 60_000 })).toBe(6_500)
  expect(standstillMs({ fromMs: 4_000, untilMs: 9_100 })).toBe(3_100)
  expect(standstillMs({ fromMs: 7_000, untilMs: 9_000 })).toBe(0)
})

test('what was not seen is not known: no samples, or samples of a machine that does not tell', () => {
  const window = { fromMs: 0, untilMs: 1_000 }
  expect(machineOf([]).within(window)).toBeUndefined()
  const bare = [0, 500, 1_000].map((atMs) => ({ kind: 'sample', atMs, load: 3, lateMs: 1 }) as const)
  expect(machineOf(bare).within(window)).toEqual({ waiting: null, pressure: null, load: 3 })
})
