import { describe, expect, test } from 'vitest'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign, type CampaignPlan } from './plan.ts'

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

describe('a soak', () => {
  const config = { runs: undefined, run: undefined, budget: undefined, for: 90_000 }
  const third = defineScenario({ name: 'third', promise: 'x', strikes: 'stack', story })

  function drawn({ soak }: CampaignPlan, count: number): string[] {
    const names: string[] = []
    for (const { scenario, run, seed, budgetMs } of soak?.draw() ?? []) {
      names.push(`${scenario.name} #${run} ${seed} ${budgetMs}`)
      if (names.length === count) break
    }
    return names
  }

  test('plans a time and no runs', () => {
    const { runs, soak } = planCampaign([quick, slow], config, 7)
    expect(runs).toEqual([])
    expect(soak).toMatchObject({ scenarios: [quick, slow], forMs: 90_000 })
  })

  test('draws the same again from the same seed, and something else from another', () => {
    const plan = planCampaign([quick, slow, third], config, 7)
    const again = planCampaign([quick, slow, third], config, 7)
    expect(drawn(plan, 100)).toEqual(drawn(again, 100))
    expect(drawn(plan, 100)).toEqual(drawn(plan, 100))
    expect(drawn(plan, 100)).not.toEqual(drawn(planCampaign([quick, slow, third], config, 8), 100))
  })

  test('comes to every scenario about as often, and to each run once', () => {
    const names = drawn(planCampaign([quick, slow, third], config, 7), 300)
    expect(new Set(names).size).toBe(300)
    for (const { name } of [quick, slow, third]) {
      const own = names.filter((one) => one.startsWith(`${name} `))
      expect(own.length).toBeGreaterThan(70)
      expect(own.map((one) => Number(/#(\d+)/.exec(one)?.[1]))).toEqual(own.map((_, index) => index + 1))
    }
  })

  test('any of its runs is run again by its number and the campaign’s seed', () => {
    const plan = planCampaign([quick, slow], config, 7)
    for (const planned of plan.soak?.draw() ?? []) {
      const again = planCampaign([planned.scenario], { ...config, run: planned.run }, 7)
      expect(again).toEqual({ seed: 7, runs: [planned], soak: null })
      if (planned.run === 5) break
    }
  })

  test('of nothing is wrong usage', () => {
    expect(() => planCampaign([], config, 7)).toThrow(
      expect.objectContaining({ code: 'CHAOS_NOTHING_SELECTED' }),
    )
  })
})
