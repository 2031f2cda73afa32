// What a scenario is: a test that injects faults into running work, and the promise that it puts to the proof.
import { z } from 'zod'
import { askedCheck, defaultChecks, optionalChecks } from '../checks/catalogue.ts'
import type { Check } from '../checks/check.ts'
import { UsageError } from '../core/errors.ts'
import { capabilities, type Capability } from '../config/backends.ts'
import { memberships, type Membership } from '../config/suites.ts'
import type { Observation } from '../observations/observation.ts'
import { observationEntrySchema, type ObservationEntry } from '../record/observation.ts'
import type { ScenarioContext } from './context.ts'

export interface ScenarioDefinition {
  /** Kebab-case, as its file is named. */
  readonly name: string
  /** What the system must keep, as one sentence. */
  readonly promise: string
  /**
   * Change it whenever a choice gets another meaning: plans of another version are refused.
   * @default a hash of the scenario's file, which changes with every edit
   */
  readonly version?: string
  /** The suites that it belongs to. Without any it runs by name only. @default ['smoke', 'full'] */
  readonly suites?: readonly Membership[]
  /**
   * `shared`: runs share a cluster side by side, and inject faults into their own worker only. `own-cluster`: each run has
   * a cluster alone, and may inject faults into its services. @default 'shared'
   */
  readonly isolation?: 'shared' | 'own-cluster'
  /**
   * What its cluster must be able to do beyond kill, stop, start and pause. On a cluster that cannot, the scenario is
   * skipped, and reports say why. @default none
   */
  readonly needs?: readonly Capability[]
  /**
   * Whether the harness asks after each heal how long a query, a signal, an update and a new workflow take. It needs the
   * workflows `probeTarget` and `probeWork` on the worker. @default true
   */
  readonly probes?: boolean
  /** Checks besides the default ones: of the catalogue by name, or the scenario's own. @default none */
  readonly checks?: readonly (string | Check)[]
  /** Observations besides those that every run makes, for the scenario's own checks to read. @default none */
  readonly observations?: readonly Observation[]
  /** The longest recovery that passes, in milliseconds. @default 5_000 */
  readonly budgetMs?: number
  /** How long a run may last, in milliseconds; a workflow still open then is a broken promise. @default 60_000 */
  readonly deadlineMs?: number
  run(context: ScenarioContext): Promise<void>
}

export interface Scenario extends Required<Omit<ScenarioDefinition, 'checks' | 'version'>> {
  /** Null if it is neither declared nor loaded from a file, as in a test suite that imports the scenario itself. */
  readonly version: string | null
  readonly checks: readonly Check[]
}

const optionalNames = optionalChecks.map(({ name }) => name).join(', ')

const checkSchema = z.unknown().transform((asked, context): Check => {
  const check = askedCheck(asked)
  if (check !== undefined) return check
  context.addIssue(`a check, or the name of an optional one: ${optionalNames}`)
  return z.NEVER
})

/** Checks answer by their names, so that each must have one of its own. */
function areDistinct(checks: readonly Check[]): boolean {
  const names = [...defaultChecks, ...checks].map(({ name }) => name)
  return new Set(names).size === names.length
}

function isObservation(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { kind, available, observe } = value as Partial<Observation>
  return typeof kind === 'string' && typeof available === 'function' && typeof observe === 'function'
}

/** An entry of a kind that the harness knows would have to be as the harness itself writes it. */
function areOfOwnKinds(observations: readonly Observation[]): boolean {
  const kinds = observations.map(({ kind }) => kind)
  const known = new Set(observationEntrySchema.options.flatMap(({ shape }) => [...shape.kind.values]))
  const isOwn = (kind: string) => kebabCase.test(kind) && !known.has(kind as ObservationEntry['kind'])
  return new Set(kinds).size === kinds.length && kinds.every(isOwn)
}

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/

const definitionSchema = z.object({
  name: z.string().regex(kebabCase, 'kebab-case'),
  promise: z.string().min(1, 'a sentence'),
  version: z.string().min(1, 'not empty').nullable().default(null),
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
  checks: z.array(checkSchema).refine(areDistinct, 'each name once, and none of a default check').default([]),
  observations: z
    .array(z.custom<Observation>(isObservation, 'an observation: kind, available and observe'))
    .refine(areOfOwnKinds, 'each kind once, in kebab-case, and none that the harness knows')
    .default([]),
  budgetMs: z.number().int().positive().default(5_000),
  deadlineMs: z.number().int().positive().default(60_000),
})

/** @throws UsageError that names the invalid field */
export function defineScenario(definition: ScenarioDefinition): Scenario {
  const { run, ...data } = definition
  const parsed = definitionSchema.safeParse(data)
  if (!parsed.success) {
    throw new UsageError(`scenario ${JSON.stringify(data.name)}: ${z.prettifyError(parsed.error)}`)
  }
  return { ...parsed.data, run }
}
