import { describe, expect, test } from 'vitest'
import { createChoose } from './choose.ts'
import { runSeed } from './seed.ts'
import type { ChoiceValue } from '../record/timeline/scenario.ts'

function chooseOf(campaignSeed: number, run: number) {
  const drawn: [string, ChoiceValue][] = []
  const scenario = 'a-scenario'
  const seed = runSeed(campaignSeed, scenario, run)
  const onChoice = (name: string, value: ChoiceValue) => drawn.push([name, value])
  return { choose: createChoose({ campaignSeed, scenario, run, seed, onChoice }), drawn }
}

const campaignSeeds = Array.from({ length: 200 }, (_, index) => index * 7_919)

describe('choose', () => {
  test('the same seed draws the same, whatever else is drawn before', () => {
    const alone = chooseOf(7, 3).choose.integer('pause', 0, 1_000_000)
    const { choose } = chooseOf(7, 3)
    choose.oneOf('victim', ['a', 'b'])
    expect(choose.integer('pause', 0, 1_000_000)).toBe(alone)
    expect(chooseOf(8, 3).choose.integer('pause', 0, 1_000_000)).not.toBe(alone)
    expect(chooseOf(7, 4).choose.integer('pause', 0, 1_000_000)).not.toBe(alone)
  })

  test('a name is drawn once', () => {
    const { choose } = chooseOf(1, 1)
    choose.integer('pause', 0, 9)
    expect(() => choose.integer('pause', 0, 9)).toThrow(
      expect.objectContaining({ code: 'CHAOS_CHOICE_REPEATED' }),
    )
  })

  test('every choice is told of', () => {
    const { choose, drawn } = chooseOf(1, 1)
    const victim = choose.oneOf('victim', ['a', 'b'])
    const pause = choose.integer('pause', 5, 9)
    expect(drawn).toEqual([
      ['victim', victim],
      ['pause', pause],
    ])
  })

  test('a whole number lies between its bounds and reaches both', () => {
    const drawn = new Set(campaignSeeds.map((seed) => chooseOf(seed, 1).choose.integer('n', 2, 5)))
    expect(drawn).toEqual(new Set([2, 3, 4, 5]))
  })

  test('in turns: any two runs in a row hit both options, and the seed decides which comes first', () => {
    const firsts = campaignSeeds.map((seed) => {
      const [first, second] = [1, 2].map((run) =>
        chooseOf(seed, run).choose.roundRobin('due', ['early', 'late']),
      )
      expect(new Set([first, second]).size).toBe(2)
      return first
    })
    expect(new Set(firsts).size).toBe(2)
  })
})
