import { describe, expect, test } from 'vitest'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign, type CampaignPlan } from './plan.ts'

const run = async () => {}
const quick = defineScenario({ name: 'quick', promise: 'x', budgetMs: 900, run })
const slow = defineScenario({ name: 'slow', promise: 'x', run })

test('every scenario runs as often, each run with a seed of its own', () => {
  const { runs } = planCampaign([quick, slow], { runs: 3, run: undefined, budget: undefined }, 7, 'process')
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
  const all = planCampaign([quick], { runs: 9, run: undefined, budget: undefined }, 7, 'process')
  const one = planCampaign([quick], { runs: 9, run: 8, budget: undefined }, 7, 'process')
  expect(one.runs).toEqual(all.runs.filter(({ run }) => run === 8))
})

test('a budget of the user goes before the scenario’s own', () => {
  const { runs } = planCampaign([quick, slow], { runs: 1, run: undefined, budget: 1 }, 7, 'process')
  expect(runs.map(({ budgetMs }) => budgetMs)).toEqual([1, 1])
})

describe('on a backend that cannot do what a scenario needs', () => {
  const cut = defineScenario({
    name: 'cut',
    promise: 'x',
    isolation: 'own-cluster',
    needs: ['disconnect'],
    run,
  })
  const config = { runs: 2, run: undefined, budget: undefined }
  const skipped = [{ scenario: 'cut', reason: expect.stringMatching(/^local processes have no network/) }]

  test('it is skipped with the reason, and what else there is is run', () => {
    const plan = planCampaign([quick, cut], config, 7, 'process')
    expect(plan.runs).toEqual(planCampaign([quick], config, 7, 'process').runs)
    expect(plan.skipped).toEqual(skipped)
  })

  test('it is never drawn for a soak', () => {
    const { soak, skipped: left } = planCampaign([cut, quick], { ...config, for: 1_000 }, 7, 'process')
    expect(soak?.scenarios).toEqual([quick])
    expect(left).toEqual(skipped)
  })

  test('and nothing else to run is wrong usage, with the reason', () => {
    expect(() => planCampaign([cut], config, 7, 'process')).toThrow(
      expect.objectContaining({
        code: 'CHAOS_NOTHING_SELECTED',
        message: expect.stringMatching(/^nothing is selected to run; skipped cut: local processes/),
      }),
    )
  })

  test('it runs on one that can', () => {
    const plan = planCampaign([quick, cut], config, 7, 'docker')
    expect(plan.runs.map(({ scenario }) => scenario)).toEqual([quick, quick, cut, cut])
    expect(plan.skipped).toEqual([])
  })
})

test('nothing to run is wrong usage, never green', () => {
  expect(() => planCampaign([], { runs: 10, run: undefined, budget: undefined }, 7, 'process')).toThrow(
    expect.objectContaining({ code: 'CHAOS_NOTHING_SELECTED', kind: 'usage' }),
  )
})

describe('a soak', () => {
  const config = { runs: undefined, run: undefined, budget: undefined, for: 90_000 }
  const third = defineScenario({ name: 'third', promise: 'x', isolation: 'own-cluster', run })

  function drawn({ soak }: CampaignPlan, count: number): string[] {
    const names: string[] = []
    for (const { scenario, run, seed, budgetMs } of soak?.draw() ?? []) {
      names.push(`${scenario.name} #${run} ${seed} ${budgetMs}`)
      if (names.length === count) break
    }
    return names
  }

  test('plans a time and no runs', () => {
    const { runs, soak } = planCampaign([quick, slow], config, 7, 'process')
    expect(runs).toEqual([])
    expect(soak).toMatchObject({ scenarios: [quick, slow], forMs: 90_000 })
  })

  test('draws the same again from the same seed, and something else from another', () => {
    const plan = planCampaign([quick, slow, third], config, 7, 'process')
    const again = planCampaign([quick, slow, third], config, 7, 'process')
    expect(drawn(plan, 100)).toEqual(drawn(again, 100))
    expect(drawn(plan, 100)).toEqual(drawn(plan, 100))
    expect(drawn(plan, 100)).not.toEqual(drawn(planCampaign([quick, slow, third], config, 8, 'process'), 100))
  })

  test('comes to every scenario about as often, and to each run once', () => {
    const names = drawn(planCampaign([quick, slow, third], config, 7, 'process'), 300)
    expect(new Set(names).size).toBe(300)
    for (const { name } of [quick, slow, third]) {
      const own = names.filter((one) => one.startsWith(`${name} `))
      expect(own.length).toBeGreaterThan(70)
      expect(own.map((one) => Number(/#(\d+)/.exec(one)?.[1]))).toEqual(own.map((_, index) => index + 1))
    }
  })

  test('any of its runs is run again by its number and the campaign’s seed', () => {
    const plan = planCampaign([quick, slow], config, 7, 'process')
    for (const planned of plan.soak?.draw() ?? []) {
      const again = planCampaign([planned.scenario], { ...config, run: planned.run }, 7, 'process')
      expect(again).toEqual({ seed: 7, backend: 'process', runs: [planned], soak: null, skipped: [] })
      if (planned.run === 5) break
    }
  })

  test('of nothing is wrong usage', () => {
    expect(() => planCampaign([], config, 7, 'process')).toThrow(
      expect.objectContaining({ code: 'CHAOS_NOTHING_SELECTED' }),
    )
  })
})
