// A plan: all choices of one run as data, so that the run can be made again exactly, or with one choice changed.
import { z } from 'zod'
import { backendNames } from '../config/backends.ts'
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'
import { faultIdentitySchema } from '../record/fault.ts'
import { choiceOptionsSchema, choiceValueSchema } from '../record/timeline/scenario.ts'
import { runSeed } from '../core/seed.ts'

/** The plan's file in the folder of a run. */
export const planFile = 'plan.json'

/** The newest schema that this version writes and reads. */
const newestSchema = 1

const seedSchema = z
  .int()
  .min(0)
  .max(2 ** 32 - 1)

const plannedFaultSchema = z.strictObject({
  ...faultIdentitySchema.shape,
  /** The moments that had come when the fault was injected, by name: the last ones before it, in their order. */
  after: z.array(z.string()),
})
export type PlannedFault = z.infer<typeof plannedFaultSchema>

const planSchema = z.strictObject({
  schema: z.literal(newestSchema),
  scenario: z.string().min(1),
  /** Of the scenario (see `Scenario.version`); null if nobody knew it. */
  version: z.string().min(1).nullable(),
  promise: z.string(),
  run: z.int().min(1).max(1_000_000),
  campaignSeed: seedSchema,
  /** Follows from campaign seed, scenario and run. */
  runSeed: seedSchema,
  budgetMs: z.int().min(1).max(60_000),
  /** One of the harness's, or of the project's own. */
  profile: z.string().min(1),
  backend: z.enum(backendNames),
  /** By name: what is chosen, and what could have been. */
  choices: z.record(z.string(), z.strictObject({ value: choiceValueSchema, options: choiceOptionsSchema })),
  /** In the order of their injection. They follow from the scenario and its choices: editing them changes nothing. */
  faults: z.array(plannedFaultSchema),
  /** Why choices and faults may be missing at the end, as a sentence; null if these are all. */
  incomplete: z.string().nullable(),
})
export type Plan = z.infer<typeof planSchema>

/** Of a newer plan only this is known. */
const versionedSchema = z.object({ schema: z.int() })

/**
 * @param file as errors name it
 * @throws UsageError `CHAOS_PLAN_INVALID` that names the field, `CHAOS_PLAN_TOO_NEW`
 */
export function parsePlan(text: string, file: string): Plan {
  const raw = parseJson(text, file)
  const versioned = versionedSchema.safeParse(raw)
  if (versioned.success && versioned.data.schema > newestSchema) {
    throw new UsageError(
      `${file} is a plan of schema ${versioned.data.schema}; this version reads schema ${newestSchema}`,
      'Use the version of temporal-chaos that wrote the plan, or a newer one.',
      'CHAOS_PLAN_TOO_NEW',
    )
  }
  const parsed = planSchema.safeParse(raw)
  if (!parsed.success) throw invalid(file, z.prettifyError(parsed.error))
  const { campaignSeed, scenario, run } = parsed.data
  const derived = runSeed(campaignSeed, scenario, run)
  if (parsed.data.runSeed === derived) return parsed.data
  throw invalid(
    file,
    `✖ campaign seed ${campaignSeed}, scenario ${scenario} and run ${run} give the run seed ${derived}\n  → at runSeed`,
  )
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw invalid(file, `✖ ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

function invalid(file: string, issues: string): UsageError {
  return new UsageError(
    `${file} is not a plan:\n${issues}`,
    `Correct the file, or make a plan with \`${commandName} plan <scenario> --out <file>\`.`,
    'CHAOS_PLAN_INVALID',
  )
}

/** As it is written. */
export function formatPlan(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`
}
