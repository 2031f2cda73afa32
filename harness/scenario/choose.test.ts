import { describe, expect, test } from 'vitest'
import { RunChoices, type Choice, type GivenChoices } from './choose.ts'
import { runSeed } from '../core/seed.ts'

function choicesOf(campaignSeed: number, run: number, given?: GivenChoices) {
  const made: Choice[] = []
  const scenario = 'a-scenario'
  const seed = runSeed(campaignSeed, scenario, run)
  const onChoice = (choice: Choice) => void made.push(choice)
  const choices = new RunChoices({ campaignSeed, scenario, run, seed, given, onChoice })
  return { choices, choose: choices.choose, made }
}

const campaignSeeds = Array.from({ length: 200 }, (_, index) => index * 7_919)

describe('choose', () => {
  test('the same seed draws the same, whatever else is drawn before', () => {
    const alone = choicesOf(7, 3).choose.integer('pause', 0, 1_000_000)
    const { choose } = choicesOf(7, 3)
    choose.oneOf('victim', ['a', 'b'])
    expect(choose.integer('pause', 0, 1_000_000)).toBe(alone)
    expect(choicesOf(8, 3).choose.integer('pause', 0, 1_000_000)).not.toBe(alone)
    expect(choicesOf(7, 4).choose.integer('pause', 0, 1_000_000)).not.toBe(alone)
  })

  test('a name is drawn once', () => {
    const { choose } = choicesOf(1, 1)
    choose.integer('pause', 0, 9)
    expect(() => choose.integer('pause', 0, 9)).toThrow(
      expect.objectContaining({ code: 'CHAOS_CHOICE_REPEATED' }),
    )
  })

  test('every choice is reported with its options', () => {
    const { choose, made } = choicesOf(1, 1)
    const victim = choose.oneOf('victim', ['a', 'b'])
    const due = choose.roundRobin('due', ['early', 'late'])
    const pause = choose.integer('pause', 5, 9)
    expect(made).toEqual([
      { name: 'victim', value: victim, options: ['a', 'b'] },
      { name: 'due', value: due, options: ['early', 'late'] },
      { name: 'pause', value: pause, options: { min: 5, max: 9 } },
    ])
  })

  test('a whole number lies between its bounds and reaches both', () => {
    const drawn = new Set(campaignSeeds.map((seed) => choicesOf(seed, 1).choose.integer('n', 2, 5)))
    expect(drawn).toEqual(new Set([2, 3, 4, 5]))
  })

  test('in turns: any two runs in a row hit both options, and the seed decides which comes first', () => {
    const firsts = campaignSeeds.map((seed) => {
      const [first, second] = [1, 2].map((run) =>
        choicesOf(seed, run).choose.roundRobin('due', ['early', 'late']),
      )
      expect(new Set([first, second]).size).toBe(2)
      return first
    })
    expect(new Set(firsts).size).toBe(2)
  })
})

describe('choices that are given', () => {
  const drawn = choicesOf(7, 1)
  const other = drawn.choose.oneOf('victim', ['a', 'b']) === 'a' ? 'b' : 'a'

  test('take the place of the drawn ones and change no other', () => {
    const pause = drawn.choose.integer('pause', 0, 1_000_000)
    const { choose, choices, made } = choicesOf(7, 1, { victim: other })
    expect(choose.oneOf('victim', ['a', 'b'])).toBe(other)
    expect(choose.integer('pause', 0, 1_000_000)).toBe(pause)
    expect(made).toEqual([
      { name: 'victim', value: other, options: ['a', 'b'], drawn: drawn.made[0]?.value },
      { name: 'pause', value: pause, options: { min: 0, max: 1_000_000 } },
    ])
    choices.assertGivenWereAsked()
  })

  test.each([
    ['victim', 'c', 'Its options: "a", "b".'],
    ['victim', 1, 'Its options: "a", "b".'],
    ['due', 'never', 'Its options: "early", "late".'],
    ['pause', 10, 'Its options: a whole number from 5 to 9.'],
    ['pause', 5.5, 'Its options: a whole number from 5 to 9.'],
    ['pause', '5', 'Its options: a whole number from 5 to 9.'],
  ])('are refused if the scenario has no such option: %s = %j', (name, value, hint) => {
    const { choose } = choicesOf(7, 1, { [name]: value })
    const ask = () => [
      choose.oneOf('victim', ['a', 'b']),
      choose.roundRobin('due', ['early', 'late']),
      choose.integer('pause', 5, 9),
    ]
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'CHAOS_PLAN_INVALID_CHOICE',
        kind: 'usage',
        message: `the choice "${name}" of a-scenario cannot be ${JSON.stringify(value)}`,
        hint,
      }),
    )
  })

  test.each([
    ['victm', 'Did you mean victim? Its choices in this run: "victim", "pause".'],
    ['constructor', 'Its choices in this run: "victim", "pause".'],
  ])('are refused in the end if the scenario never asked for them: %s', (name, hint) => {
    const { choose, choices } = choicesOf(7, 1, { [name]: 'a' })
    choose.oneOf('victim', ['a', 'b'])
    choose.integer('pause', 5, 9)
    expect(() => choices.assertGivenWereAsked()).toThrow(
      expect.objectContaining({
        code: 'CHAOS_PLAN_UNKNOWN_CHOICE',
        kind: 'usage',
        message: `a-scenario makes no choice "${name}" in this run`,
        hint,
      }),
    )
  })
})
