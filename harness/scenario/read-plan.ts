// Reads a plan back, and finds the scenario that it is of.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { commandName } from '../core/command-name.ts'
import { messageOf, UsageError } from '../core/errors.ts'
import { scenarioNamed } from './load.ts'
import { parsePlan, planFile, type Plan } from './plan-file.ts'
import type { Scenario } from './scenario.ts'

/**
 * @param place a plan's file, or the folder of a run
 * @throws UsageError `CHAOS_PLAN_NOT_FOUND`, and as `parsePlan` does
 */
export async function readPlan(place: string): Promise<Plan> {
  const file = (await isFolder(place)) ? path.join(place, planFile) : place
  return parsePlan(await readText(file), file)
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory()
  } catch (thrown) {
    throw notFound(thrown)
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw notFound(thrown)
  }
}

function notFound(thrown: unknown): UsageError {
  return new UsageError(
    `there is no plan: ${messageOf(thrown)}`,
    `Name the folder of a run, <reports>/runs/<scenario>/<run>, or a file that \`${commandName} plan --out\` wrote.`,
    'CHAOS_PLAN_NOT_FOUND',
  )
}

/**
 * The scenario that the plan is of.
 * @throws UsageError `CHAOS_UNKNOWN_SCENARIO`, `CHAOS_PLAN_OUTDATED` if it is another version of the scenario
 */
export function scenarioOf(plan: Plan, all: readonly Scenario[]): Scenario {
  const scenario = scenarioNamed(all, plan.scenario)
  if (plan.version !== null && plan.version === scenario.version) return scenario
  const why =
    plan.version === null
      ? `does not say of which version of ${scenario.name} it is`
      : `is of version ${plan.version} of ${scenario.name}, which is now ${scenario.version ?? 'of no version'}`
  throw new UsageError(
    `the plan ${why}: its choices may mean something else by now`,
    `Make a new plan with \`${commandName} plan ${scenario.name} --seed ${plan.campaignSeed} --run ${plan.run}\`.`,
    'CHAOS_PLAN_OUTDATED',
  )
}
