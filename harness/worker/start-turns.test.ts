import { afterEach, expect, test, vi } from 'vitest'
import { StartTurns } from './start-turns.ts'

const never = new AbortController().signal

afterEach(() => {
  vi.useRealTimers()
})

/** Whether it has been given by now. */
async function isGiven(turn: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    turn.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ])
}

test('first starts take turns, in the order of asking', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  const two = turns.first(never)
  const three = turns.first(never)
  expect(await isGiven(two)).toBe(false)
  one[Symbol.dispose]()
  expect([await isGiven(two), await isGiven(three)]).toEqual([true, false])
  ;(await two)[Symbol.dispose]()
  expect(await isGiven(three)).toBe(true)
})

test('every two cores carry one more', async () => {
  const turns = new StartTurns(5)
  const asked = [turns.first(never), turns.first(never), turns.first(never)]
  expect(await Promise.all(asked.map(isGiven))).toEqual([true, true, false])
})

test('a later start never waits, and first starts wait for it', async () => {
  const turns = new StartTurns(2)
  const again = [turns.again(), turns.again()]
  const first = turns.first(never)
  again[0]?.[Symbol.dispose]()
  expect(await isGiven(first)).toBe(false)
  again[1]?.[Symbol.dispose]()
  expect(await isGiven(first)).toBe(true)
})

test('given back twice it is given back once', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  one[Symbol.dispose]()
  one[Symbol.dispose]()
  const asked = [turns.first(never), turns.first(never)]
  expect(await Promise.all(asked.map(isGiven))).toEqual([true, false])
})

test('who gives up waiting does not hold up the next', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  const impatient = new AbortController()
  const two = turns.first(impatient.signal)
  const three = turns.first(never)
  impatient.abort(new Error('interrupted'))
  await expect(two).rejects.toThrow('interrupted')
  one[Symbol.dispose]()
  expect(await isGiven(three)).toBe(true)
  await expect(turns.first(AbortSignal.abort(new Error('over')))).rejects.toThrow('over')
})

test('nobody waits for good for a run that does not come back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const turns = new StartTurns(2)
  const stuck = await turns.first(never)
  const next = turns.first(never)
  vi.advanceTimersByTime(14_999)
  expect(await isGiven(next)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isGiven(next)).toBe(true)
  stuck[Symbol.dispose]()
  expect(await isGiven(turns.first(never))).toBe(false)
})

test('while a run only waits one other may start, and strikes once it is over', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  await one.toStrike(never)
  const [two, three] = [turns.first(never), turns.first(never)]
  expect(await isGiven(two)).toBe(false)
  const lent = one.lend()
  expect([await isGiven(two), await isGiven(three)]).toEqual([true, false])
  const strike = (await two).toStrike(never)
  lent[Symbol.dispose]()
  expect([await isGiven(strike), await isGiven(three)]).toEqual([false, false])
  one[Symbol.dispose]()
  expect([await isGiven(strike), await isGiven(three)]).toEqual([true, false])
  ;(await two)[Symbol.dispose]()
  expect(await isGiven(three)).toBe(true)
})

test('who is up strikes before the next one starts', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  const two = turns.first(never)
  expect(await isGiven(one.toStrike(never))).toBe(true)
  expect(await isGiven(two)).toBe(false)
})

test('what is lent and not taken is taken back', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  await one.toStrike(never)
  one.lend()[Symbol.dispose]()
  const two = turns.first(never)
  expect(await isGiven(two)).toBe(false)
  one[Symbol.dispose]()
  expect(await isGiven(two)).toBe(true)
})

test('who stops waiting to strike does not hold up the next', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  await one.toStrike(never)
  using _lent = one.lend()
  const two = await turns.first(never)
  const over = new AbortController()
  const strike = two.toStrike(over.signal)
  const three = turns.first(never)
  over.abort(new Error('over'))
  await expect(strike).rejects.toThrow('over')
  two[Symbol.dispose]()
  expect(await isGiven(three)).toBe(false)
  one[Symbol.dispose]()
  expect(await isGiven(three)).toBe(true)
})
