import { expect, test } from 'vitest'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign } from './plan.ts'

const story = async () => {}
const quick = defineScenario({ name: 'quick', promise: 'x', budgetMs: 900, story })
const slow = defineScenario({ name: 'slow', promise: 'x', story })

test('every scenario runs as often, each run with a seed of its own', () => {
  const { runs } = planCampaign([quick, slow], { runs: 3, run: undefined, budget: undefined }, 7)
  expect(runs.map(({ scenario, run, budgetMs }) => [scenario.name, run, budgetMs])).toEqual([
    ['quick', 1, 900],
    ['quick', 2, 900],
    ['quick', 3, 900],
    ['slow', 1, 5_000],
    ['slow', 2, 5_000],
    ['slow', 3, 5_000],
  ])
  expect(new Set(runs.map(({ seed }) => seed)).size).toBe(6)
})

test('one run of an earlier campaign has the seed that it had there', () => {
  const all = planCampaign([quick], { runs: 9, run: undefined, budget: undefined }, 7)
  const one = planCampaign([quick], { runs: 9, run: 8, budget: undefined }, 7)
  expect(one.runs).toEqual(all.runs.filter(({ run }) => run === 8))
})

test('a budget of the user goes before the scenario’s own', () => {
  const { runs } = planCampaign([quick, slow], { runs: 1, run: undefined, budget: 1 }, 7)
  expect(runs.map(({ budgetMs }) => budgetMs)).toEqual([1, 1])
})

test('nothing to run is wrong usage, never green', () => {
  expect(() => planCampaign([], { runs: 10, run: undefined, budget: undefined }, 7)).toThrow(
    expect.objectContaining({ code: 'CHAOS_NOTHING_SELECTED', kind: 'usage' }),
  )
})
