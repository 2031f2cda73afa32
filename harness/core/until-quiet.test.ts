import { expect, test } from 'vitest'
import { untilQuiet } from './until-quiet.ts'

async function passes(found: readonly string[][], limitMs: number) {
  let count = 0
  const left = await untilQuiet({ everyMs: 1, limitMs }, () => {
    count += 1
    return found[count - 1] ?? []
  })
  return { left, count }
}

test('it ends after three empty passes in a row', async () => {
  expect(await passes([], 10_000)).toEqual({ left: [], count: 3 })
  expect(await passes([['a'], [], [], ['b']], 10_000)).toEqual({ left: [], count: 7 })
})

test('what is still found when time is up is returned', async () => {
  expect(await passes([['a', 'b']], -1)).toEqual({ left: ['a', 'b'], count: 1 })
})
