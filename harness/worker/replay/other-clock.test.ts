import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { setClock, settingClock } from './other-clock.ts'

const dayMs = 86_400_000

/** The values of an expression in a fresh world, in which the clock is set before. */
function inWorld(draws: 'low' | 'high', aheadMs: number, expression: string): unknown {
  return runInContext(`${settingClock({ aheadMs, draws })}${expression}`, createContext({}))
}

test('every way to the clock tells the other time, and given times stay as they are', () => {
  const seen = inWorld(
    'low',
    400 * dayMs,
    `[Date.now(), new Date().getTime(), Date.parse(Date()), Date.prototype.constructor.now(), new Date(5).getTime(),
      new Date(2020, 1, 1) instanceof Date, Date.UTC(1970, 0, 2)]`,
  ) as number[]
  const aheadDays = seen.slice(0, 4).map((ms) => Math.round((ms - Date.now()) / dayMs))
  expect(aheadDays).toEqual([400, 400, 400, 400])
  expect(seen.slice(4)).toEqual([5, true, dayMs])
  const years = inWorld(
    'low',
    -4_000 * dayMs,
    `[
    new Intl.DateTimeFormat('en', { year: 'numeric' }).format(),
    new Intl.DateTimeFormat('en', { year: 'numeric' }).formatToParts()[0].value,
    new Intl.DateTimeFormat('en', { year: 'numeric' }).format(0),
  ]`,
  )
  const year = String(new Date(Date.now() - 4_000 * dayMs).getFullYear())
  expect(years).toEqual([year, year, '1970'])
})

test('a branch on a random number goes the other way in one of two worlds', () => {
  const many = `Array.from({ length: 100 }, () => Math.random())`
  const low = inWorld('low', 0, many) as number[]
  const high = inWorld('high', 0, many) as number[]
  expect(Math.max(...low)).toBeLessThan(0.5)
  expect(Math.min(...high)).toBeGreaterThanOrEqual(0.5)
  expect(Math.max(...high)).toBeLessThan(1)
})

test('the clock can be set back', () => {
  const real = { Date, random: Math.random, format: Intl.DateTimeFormat.prototype.formatToParts }
  const reset = setClock(globalThis, 400 * dayMs, 'low')
  const aheadMs = Date.now() - real.Date.now()
  reset()
  expect(aheadMs).toBeGreaterThan(399 * dayMs)
  expect({ Date, random: Math.random, format: Intl.DateTimeFormat.prototype.formatToParts }).toEqual(real)
  expect(new Date().constructor).toBe(Date)
})
