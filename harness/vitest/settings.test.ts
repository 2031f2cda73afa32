import { expect, test } from 'vitest'
import { defineScenario } from '../scenario/scenario.ts'
import { againCommand, suiteSettings } from './settings.ts'

const scenario = defineScenario({ name: 'kill', promise: 'x', run: async () => {} })
const planned = { scenario, run: 3 }

test('a caller’s options override the environment, and that overrides the defaults', () => {
  const env = { CHAOS_RUNS: '4', CHAOS_SEED: '8', CHAOS_PROFILE: 'sdk-defaults' }
  const { plan, config } = suiteSettings({ scenarios: [scenario], runs: 2, budget: 700 }, env)
  expect(plan.runs.map(({ run, budgetMs }) => [run, budgetMs])).toEqual([
    [1, 700],
    [2, 700],
  ])
  expect(config).toMatchObject({ seed: 8, profile: 'sdk-defaults', out: 'reports' })
  expect(suiteSettings({ scenarios: [scenario] }, {}).plan.runs).toHaveLength(10)
})

test('settings of the command line without meaning here are not read', () => {
  const env = { CHAOS_SUITE: 'soak', CHAOS_RUN: '3', CHAOS_BAIL: 'perhaps' }
  expect(suiteSettings({ scenarios: [scenario] }, env).plan.runs).toHaveLength(10)
})

test('the command that repeats runs contains the settings that the file lacks', () => {
  const env = { CHAOS_RUNS: '4', CHAOS_PROFILE: 'tuned', CHAOS_BUDGET: '', CHAOS_OUT: 'elsewhere' }
  const commandOf = (options: Partial<Parameters<typeof suiteSettings>[0]>) =>
    againCommand(suiteSettings({ scenarios: [scenario], ...options }, env), planned, 'test/a.test.ts')
  expect(commandOf({ seed: 7, runs: 3, profile: 'tuned' })).toBe(
    "npx vitest run test/a.test.ts -t 'kill #3$'",
  )
  expect(commandOf({})).toMatch(
    /^CHAOS_RUNS=4 CHAOS_SEED=\d+ CHAOS_PROFILE=tuned npx vitest run test\/a\.test\.ts -t 'kill #3\$'$/,
  )
})

test('impossible settings are wrong usage', () => {
  const usage = expect.objectContaining({ kind: 'usage' })
  expect(() => suiteSettings({ scenarios: [] }, {})).toThrow(usage)
  expect(() => suiteSettings({ scenarios: [scenario], runs: 0 }, {})).toThrow(usage)
  expect(() => suiteSettings({ scenarios: [scenario] }, { CHAOS_SEED: 'x' })).toThrow(usage)
})
