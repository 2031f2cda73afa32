import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test as base } from 'vitest'
import { ownFolder } from '../../test/support/own-folder.ts'
import { formatPlan, type Plan } from './plan-file.ts'
import { readPlan, scenarioOf } from './read-plan.ts'
import { defineScenario } from './scenario.ts'
import { runSeed } from '../core/seed.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })

const scenario = defineScenario({ name: 'kill-worker', promise: 'x', version: '2', run: async () => {} })

const plan: Plan = {
  schema: 1,
  scenario: 'kill-worker',
  version: '2',
  promise: 'x',
  run: 1,
  campaignSeed: 42,
  runSeed: runSeed(42, 'kill-worker', 1),
  budgetMs: 5_000,
  profile: 'tuned',
  backend: 'process',
  choices: {},
  faults: [],
  incomplete: null,
}

test('a plan is found by its file or by the folder of its run', async ({ folder }) => {
  const file = path.join(folder, 'plan.json')
  await writeFile(file, formatPlan(plan))
  expect([await readPlan(file), await readPlan(folder)]).toEqual([plan, plan])
})

test('what is not there is named, with what to name instead', async ({ folder }) => {
  const empty = path.join(folder, 'runs')
  await mkdir(empty)
  for (const place of [empty, path.join(folder, 'gone.json')]) {
    await expect(readPlan(place)).rejects.toMatchObject({
      code: 'CHAOS_PLAN_NOT_FOUND',
      kind: 'usage',
      message: expect.stringContaining(place),
      hint: expect.stringContaining('<reports>/runs/<scenario>/<run>'),
    })
  }
})

describe('the scenario of a plan', () => {
  test('is the one of that name and version', () => {
    expect(scenarioOf(plan, [scenario])).toBe(scenario)
  })

  test.each([
    [
      { version: '1' },
      'the plan is of version 1 of kill-worker, which is now 2: its choices may mean something else by now',
    ],
    [
      { version: null },
      'the plan does not say of which version of kill-worker it is: its choices may mean something else by now',
    ],
  ])('is refused if it was another version: %j', (edited, message) => {
    expect(() => scenarioOf({ ...plan, ...edited }, [scenario])).toThrow(
      expect.objectContaining({
        code: 'CHAOS_PLAN_OUTDATED',
        kind: 'usage',
        message,
        hint: 'Make a new plan with `pnpm chaos plan kill-worker --seed 42 --run 1`.',
      }),
    )
  })

  test('is refused if there is none, with the nearest name', () => {
    expect(() => scenarioOf({ ...plan, scenario: 'kill-workr' }, [scenario])).toThrow(
      expect.objectContaining({ code: 'CHAOS_UNKNOWN_SCENARIO', hint: 'Did you mean kill-worker?' }),
    )
  })
})
