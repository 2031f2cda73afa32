import { describe, expect, test } from 'vitest'
import { planCampaign } from '../campaign/plan.ts'
import { defineScenario } from '../scenario/scenario.ts'
import { describeCampaign, describePlan } from './plan-text.ts'

const run = async () => {}
const kill = defineScenario({ name: 'kill-worker', promise: 'x', run })
const restart = defineScenario({ name: 'restart-server', promise: 'x', isolation: 'own-cluster', run })
const settings = { run: undefined, budget: undefined }
const fixed = planCampaign([kill, restart], { ...settings, runs: 1 }, 7, 'process')
const soak = planCampaign([kill], { ...settings, runs: undefined, for: 90_000 }, 7, 'process')

describe('the line that a campaign begins with', () => {
  test.for([
    [fixed, 'gate', 'suite gate: 2 runs of 2 scenarios, profile tuned, campaign seed 7'],
    [fixed, null, '2 runs of 2 scenarios, profile tuned, campaign seed 7'],
    [soak, 'soak', 'soak for 1 min 30 s: runs drawn from 1 scenario, profile tuned, campaign seed 7'],
  ] as const)('%#', ([plan, suite, line]) => {
    expect(describeCampaign(plan, suite, { profile: 'tuned' })).toBe(line)
  })
})

describe('a dry run', () => {
  test('shows the suite, every run with its seed and its cluster', () => {
    expect(describePlan(fixed, 'smoke')).toMatchInlineSnapshot(`
      "campaign seed 7, suite smoke: 2 runs of 2 scenarios; nothing is started
      kill-worker #1  seed 3819072484  budget 5000 ms  cluster shared
      restart-server #1  seed 1555334543  budget 5000 ms  cluster of its own
      for the choices, steps and faults of a run: pnpm chaos plan <scenario> --seed <n> --run <n>"
    `)
  })

  test('shows last what is skipped and why', () => {
    const cut = defineScenario({ name: 'cut', promise: 'x', needs: ['disconnect'], run })
    const plan = planCampaign([kill, cut], { ...settings, runs: 1 }, 7, 'process')
    expect(describePlan(plan, 'full').split('\n').slice(1, -1)).toEqual([
      expect.stringMatching(/^kill-worker #1 /),
      'skipped cut: local processes have no network of their own to disconnect',
    ])
  })

  test('shows the first runs of a soak, and that there are more', () => {
    const lines = describePlan(soak, 'soak').split('\n')
    expect(lines).toHaveLength(23)
    expect(lines[1]).toMatch(/^kill-worker #1 {2}seed \d+ /)
    expect(lines.at(-2)).toBe('… and so on, for as long as there is time')
  })
})
