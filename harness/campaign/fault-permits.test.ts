import { afterEach, expect, test, vi } from 'vitest'
import { FaultPermits } from './fault-permits.ts'

const never = new AbortController().signal

afterEach(() => {
  vi.useRealTimers()
})

/** Whether it has been granted by now. */
async function isGranted(permit: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    permit.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ])
}

test('two workers start at a time, in the order of asking', async () => {
  const permits = new FaultPermits(2)
  const one = await permits.acquireStart(never)
  const others = [permits.acquireStart(never), permits.acquireStart(never), permits.acquireStart(never)]
  expect(await Promise.all(others.map(isGranted))).toEqual([true, false, false])
  one[Symbol.dispose]()
  expect(await Promise.all(others.map(isGranted))).toEqual([true, true, false])
})

test.each([
  [1, 1],
  [2, 1],
  [5, 2],
])('with %i cores %i runs at a time inject', async (cores, runs) => {
  const permits = new FaultPermits(cores)
  const asked = [permits.acquire(never), permits.acquire(never), permits.acquire(never)]
  const granted = await Promise.all(asked.map(isGranted))
  expect(granted.filter(Boolean)).toHaveLength(runs)
})

test('one worker starts beside a run that injects, and none is injected into beside two starts', async () => {
  const permits = new FaultPermits(2)
  const faults = await permits.acquire(never)
  const starts = [permits.acquireStart(never), permits.acquireStart(never)]
  expect(await Promise.all(starts.map(isGranted))).toEqual([true, false])
  faults[Symbol.dispose]()
  expect(await Promise.all(starts.map(isGranted))).toEqual([true, true])
  const others = permits.acquire(never)
  expect(await isGranted(others)).toBe(false)
  ;(await starts[0])?.[Symbol.dispose]()
  expect(await isGranted(others)).toBe(true)
})

test('starts and runs that inject get the machine in the order of asking', async () => {
  const permits = new FaultPermits(2)
  const begun = await permits.acquireStart(never)
  using _other = await permits.acquireStart(never)
  const faults = permits.acquire(never)
  expect(await isGranted(faults)).toBe(false)
  const nextStart = permits.acquireStart(never)
  expect(await isGranted(nextStart)).toBe(false)
  begun[Symbol.dispose]()
  expect([await isGranted(faults), await isGranted(nextStart)]).toEqual([true, false])
})

test('a permit given back twice is given back once', async () => {
  const permits = new FaultPermits(2)
  const one = await permits.acquire(never)
  one[Symbol.dispose]()
  one[Symbol.dispose]()
  const asked = [permits.acquire(never), permits.acquire(never)]
  expect(await Promise.all(asked.map(isGranted))).toEqual([true, false])
})

test('a run that gives up waiting does not hold up the next one', async () => {
  const permits = new FaultPermits(2)
  const one = await permits.acquire(never)
  using _beside = await permits.acquireStart(never)
  // It has injected nothing so far.
  expect(await isGranted(permits.whenIdle(never))).toBe(true)
  one.retake()
  const impatient = new AbortController()
  const [two, start] = [permits.acquire(impatient.signal), permits.acquireStart(impatient.signal)]
  const three = permits.acquire(never)
  impatient.abort(new Error('interrupted'))
  await expect(two).rejects.toThrow('interrupted')
  await expect(start).rejects.toThrow('interrupted')
  one[Symbol.dispose]()
  expect(await isGranted(three)).toBe(true)
  await expect(permits.acquire(AbortSignal.abort(new Error('over')))).rejects.toThrow('over')
})

test('a run that gives up between its two waits gives up both places', async () => {
  const permits = new FaultPermits(2)
  const start = await permits.acquireStart(never)
  using _other = await permits.acquireStart(never)
  const impatient = new AbortController()
  // It has its turn among the runs that inject, and waits for the machine.
  const faults = permits.acquire(impatient.signal)
  expect(await isGranted(faults)).toBe(false)
  impatient.abort(new Error('interrupted'))
  await expect(faults).rejects.toThrow('interrupted')
  start[Symbol.dispose]()
  expect(await isGranted(permits.acquire(never))).toBe(true)
})

test.each([
  ['injects', (permits: FaultPermits) => permits.acquire(never)],
  [
    'starts two workers',
    async (permits: FaultPermits) => {
      await permits.acquireStart(never)
      return permits.acquireStart(never)
    },
  ],
])('a run that %s and does not get done is waited for 15 s', async (_, acquire) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const permits = new FaultPermits(2)
  const stuck = await acquire(permits)
  const next = permits.acquire(never)
  vi.advanceTimersByTime(14_999)
  expect(await isGranted(next)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isGranted(next)).toBe(true)
  stuck[Symbol.dispose]()
  expect(await isGranted(permits.acquire(never))).toBe(false)
})

test('a run that only waits lends its permit to starts that wait already, and to no others', async () => {
  const permits = new FaultPermits(2)
  const one = await permits.acquire(never)
  const starts = [permits.acquireStart(never), permits.acquireStart(never), permits.acquireStart(never)]
  const other = permits.acquire(never)
  expect(await Promise.all(starts.map(isGranted))).toEqual([true, false, false])
  one.lend()
  expect(await Promise.all(starts.map(isGranted))).toEqual([true, true, false])
  ;(await starts[0])?.[Symbol.dispose]()
  // The run that lent its core gets the first one that is free.
  expect([await isGranted(starts[2] ?? other), await isGranted(other)]).toEqual([false, false])
  ;(await starts[1])?.[Symbol.dispose]()
  expect([await isGranted(starts[2] ?? other), await isGranted(other)]).toEqual([true, false])
  one[Symbol.dispose]()
  expect(await isGranted(other)).toBe(true)
})

test('a permit that nobody wants stays where it is', async () => {
  const permits = new FaultPermits(2)
  const one = await permits.acquire(never)
  using _beside = await permits.acquireStart(never)
  one.lend()
  expect(await isGranted(permits.acquireStart(never))).toBe(false)
})

test('a permit that is given back while it is lent is free once the start is done', async () => {
  const permits = new FaultPermits(2)
  const one = await permits.acquire(never)
  using _beside = await permits.acquireStart(never)
  const start = permits.acquireStart(never)
  one.lend()
  one[Symbol.dispose]()
  const next = permits.acquire(never)
  expect(await isGranted(next)).toBe(false)
  ;(await start)[Symbol.dispose]()
  expect(await isGranted(next)).toBe(true)
})

test('a run that injects again waits for nobody, and one worker starts beside it', async () => {
  const permits = new FaultPermits(2)
  const again = await permits.acquire(never)
  again[Symbol.dispose]()
  again.retake()
  again.retake()
  using _beside = await permits.acquireStart(never)
  const start = permits.acquireStart(never)
  expect(await isGranted(start)).toBe(false)
  again[Symbol.dispose]()
  expect(await isGranted(start)).toBe(true)
})

test('a run that injects again beside another one comes next', async () => {
  const permits = new FaultPermits(2)
  const again = await permits.acquire(never)
  again[Symbol.dispose]()
  const one = await permits.acquire(never)
  using _beside = await permits.acquireStart(never)
  const start = permits.acquireStart(never)
  again.retake()
  one[Symbol.dispose]()
  expect(await isGranted(start)).toBe(false)
  again[Symbol.dispose]()
  expect(await isGranted(start)).toBe(true)
})

test('a run whose scenario is over waits until no recovery is measured', async () => {
  const permits = new FaultPermits(2)
  expect(await isGranted(permits.whenIdle(never))).toBe(true)
  const one = await permits.acquire(never)
  // It has injected nothing so far.
  expect(await isGranted(permits.whenIdle(never))).toBe(true)
  one.retake()
  const impatient = new AbortController()
  const [idle, interrupted] = [permits.whenIdle(never), permits.whenIdle(impatient.signal)]
  impatient.abort(new Error('interrupted'))
  await expect(interrupted).rejects.toThrow('interrupted')
  expect(await isGranted(idle)).toBe(false)
  one.lend()
  expect(await isGranted(idle)).toBe(true)
  const later = permits.whenIdle(never)
  expect(await isGranted(later)).toBe(false)
  one[Symbol.dispose]()
  expect(await isGranted(later)).toBe(true)
  using _start = await permits.acquireStart(never)
  expect(await isGranted(permits.whenIdle(never))).toBe(true)
})

test('nobody waits longer than 15 s for an idle machine', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const permits = new FaultPermits(2)
  const permit = await permits.acquire(never)
  permit.retake()
  const idle = permits.whenIdle(never)
  vi.advanceTimersByTime(14_999)
  expect(await isGranted(idle)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isGranted(idle)).toBe(true)
})
