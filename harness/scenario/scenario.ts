// What a scenario is: a scenario told as a test, with the promise that it puts to the proof.
import { z } from 'zod'
import { optionalCheckNames, type OptionalCheckName } from '../checks/optional-checks.ts'
import { UsageError } from '../core/errors.ts'
import { capabilities, type Capability } from '../config/backends.ts'
import { memberships, type Membership } from '../config/suites.ts'
import type { ScenarioContext } from './context.ts'

export interface ScenarioDefinition {
  /** Kebab-case, as its file is named. */
  readonly name: string
  /** What the system must keep, as one sentence. */
  readonly promise: string
  /** The suites that it belongs to; in none of them, it runs by name only. @default ['smoke', 'full'] */
  readonly suites?: readonly Membership[]
  /**
   * What the scenario strikes. Runs that strike only their own `worker` share a cluster, side by side;
   * runs that strike the `cluster` get it alone. @default 'shared'
   */
  readonly isolation?: 'shared' | 'own-cluster'
  /**
   * What its cluster must be able to do beyond kill, stop, start and pause. Where it cannot, the scenario is skipped and
   * the reason said. @default none
   */
  readonly needs?: readonly Capability[]
  /**
   * Whether the harness asks after each heal how long a query, a signal, an update and a new workflow take. It needs the
   * workflows `probeTarget` and `probeWork` on the worker. @default true
   */
  readonly probes?: boolean
  /** Checks besides the default ones. @default none */
  readonly checks?: readonly OptionalCheckName[]
  /** The longest recovery that passes, in milliseconds. @default 5_000 */
  readonly budgetMs?: number
  /** How long a run may last, in milliseconds; a workflow still open then is a broken promise. @default 60_000 */
  readonly deadlineMs?: number
  run(context: ScenarioContext): Promise<void>
}

export type Scenario = Required<ScenarioDefinition>

const definitionSchema = z.object({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'kebab-case'),
  promise: z.string().min(1, 'a sentence'),
  suites: z
    .array(z.enum(memberships))
    .refine((names) => new Set(names).size === names.length, 'each suite once')
    .default(['smoke', 'full']),
  isolation: z.enum(['shared', 'own-cluster']).default('shared'),
  needs: z
    .array(z.enum(capabilities))
    .refine((names) => new Set(names).size === names.length, 'each need once')
    .default([]),
  probes: z.boolean().default(true),
  checks: z.array(z.enum(optionalCheckNames)).default([]),
  budgetMs: z.number().int().positive().default(5_000),
  deadlineMs: z.number().int().positive().default(60_000),
})

/** @throws UsageError that names the field that is not as it must be */
export function defineScenario(definition: ScenarioDefinition): Scenario {
  const { run, ...data } = definition
  const parsed = definitionSchema.safeParse(data)
  if (!parsed.success) {
    throw new UsageError(`scenario ${JSON.stringify(data.name)}: ${z.prettifyError(parsed.error)}`)
  }
  return { ...parsed.data, run }
}
