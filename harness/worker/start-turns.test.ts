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

test('while a run only waits the next one starts, and strikes after it', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  await one.toStrike(never)
  const two = turns.first(never)
  expect(await isGiven(two)).toBe(false)
  const waits = [one.waiting(), one.waiting()]
  const faultIndex = (await two).toStrike(never)
  waits[0]?.[Symbol.dispose]()
  const three = turns.first(never)
  expect([await isGiven(faultIndex), await isGiven(three)]).toEqual([false, true])
  waits[1]?.[Symbol.dispose]()
  ;(await three)[Symbol.dispose]()
  expect(await isGiven(turns.first(never))).toBe(false)
  one[Symbol.dispose]()
  expect(await isGiven(faultIndex)).toBe(true)
})

test('who stops waiting to strike does not hold up the next', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  await one.toStrike(never)
  using _waiting = one.waiting()
  const two = await turns.first(never)
  const over = new AbortController()
  const faultIndex = two.toStrike(over.signal)
  const three = (await turns.first(never)).toStrike(never)
  over.abort(new Error('over'))
  await expect(faultIndex).rejects.toThrow('over')
  expect(await isGiven(three)).toBe(false)
  one[Symbol.dispose]()
  expect(await isGiven(three)).toBe(true)
})

test('a first start stands still while another run does more than to wait', async () => {
  const turns = new StartTurns(2)
  const one = await turns.first(never)
  const calls: string[] = []
  using _start = turns.makesWay({ stop: () => calls.push('stops'), goOn: () => calls.push('goes on') })
  await one.toStrike(never)
  expect(calls).toEqual(['stops'])
  const waiting = one.waiting()
  expect(calls).toEqual(['stops', 'goes on'])
  waiting[Symbol.dispose]()
  one[Symbol.dispose]()
  expect(calls).toEqual(['stops', 'goes on', 'stops', 'goes on'])
})

test('a start that is done does not go on standing still', () => {
  const turns = new StartTurns(2)
  const calls: string[] = []
  const start = turns.makesWay({ stop: () => calls.push('stops'), goOn: () => calls.push('goes on') })
  using _again = turns.again()
  start[Symbol.dispose]()
  expect(calls).toEqual(['stops', 'goes on'])
})

test('a first start stands still while a worker is started again', () => {
  const turns = new StartTurns(2)
  const calls: string[] = []
  const start = (name: string) => ({
    stop: () => calls.push(`${name} stops`),
    goOn: () => calls.push(`${name} goes on`),
  })
  const one = turns.makesWay(start('one'))
  const again = [turns.again(), turns.again()]
  const two = turns.makesWay(start('two'))
  again[0]?.[Symbol.dispose]()
  expect(calls).toEqual(['one stops', 'two stops'])
  one[Symbol.dispose]()
  again[1]?.[Symbol.dispose]()
  two[Symbol.dispose]()
  using _later = turns.again()
  expect(calls).toEqual(['one stops', 'two stops', 'one goes on', 'two goes on'])
})

test('who is done with its scenario lets those that are struck pass', async () => {
  const turns = new StartTurns(2)
  expect(await isGiven(turns.calm(never))).toBe(true)
  const again = turns.again()
  const calm = turns.calm(never)
  expect(await isGiven(calm)).toBe(false)
  again[Symbol.dispose]()
  expect(await isGiven(calm)).toBe(true)
  using one = await turns.first(never)
  await one.toStrike(never)
  const impatient = new AbortController()
  const [given, interrupted] = [turns.calm(never), turns.calm(impatient.signal)]
  impatient.abort(new Error('interrupted'))
  await expect(interrupted).rejects.toThrow('interrupted')
  expect(await isGiven(given)).toBe(false)
  using _waiting = one.waiting()
  expect(await isGiven(given)).toBe(true)
})

test('nobody is done 15 s late', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const turns = new StartTurns(2)
  using _again = turns.again()
  const calm = turns.calm(never)
  vi.advanceTimersByTime(14_999)
  expect(await isGiven(calm)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isGiven(calm)).toBe(true)
})
