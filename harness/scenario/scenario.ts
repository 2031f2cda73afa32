// A scenario: a test that injects faults into running work, with the promise that it verifies.
import { z } from 'zod'
import { askedCheck, defaultChecks, optionalChecks } from '../checks/catalogue.ts'
import type { Check } from '../checks/check.ts'
import { UsageError } from '../core/errors.ts'
import { capabilities, type Capability } from '../config/backends.ts'
import { memberships, type Membership } from '../config/suites.ts'
import type { Observation } from '../observations/observation.ts'
import { mayDifferSchema, type MayDiffer } from '../record/golden.ts'
import { observationEntrySchema, type ObservationEntry } from '../record/observation.ts'
import {
  workerDefinitionsSchema,
  type WorkerDefinition,
  type WorkerDefinitions,
} from '../worker/worker-definition.ts'
import type { ScenarioContext } from './context.ts'

/** `WorkerName`, `WorkloadName`: the names of its workers, and of the workloads that a chaos.config declares. */
export interface ScenarioDefinition<
  WorkerName extends string = string,
  WorkloadName extends string = string,
> {
  /** In kebab-case, like its file's name. */
  readonly name: string
  /** The requirement on the system, as one sentence. */
  readonly promise: string
  /**
   * Change it whenever a choice gets another meaning: plans of another version are refused.
   * @default a hash of the scenario's file and of those that it imports, which changes with every edit
   */
  readonly version?: string
  /** The suites that include the scenario; with an empty list it runs only by name. @default ['smoke', 'full'] */
  readonly suites?: readonly Membership[]
  /**
   * `shared`: runs share a cluster, and inject faults only into their own worker. `own-cluster`: each run has its own
   * cluster, and may inject faults into its services. @default 'shared'
   */
  readonly isolation?: 'shared' | 'own-cluster'
  /**
   * Capabilities that the cluster needs beyond kill, stop, start and pause. Without them the scenario is skipped, and
   * reports say why. @default none
   */
  readonly needs?: readonly Capability[]
  /**
   * The workers of a run, by name. The names of task queues are the scenario's own: runs never share a queue.
   * Two workers may poll the same queue, for example one for workflows and one for activities.
   * A scenario of a project declares none: its workers are those of the chaos.config, under their names there.
   * @default { 'worker-1': {} }: one worker, which polls the run's only queue for everything
   */
  readonly workers?: Readonly<Record<WorkerName, WorkerDefinition>>
  /**
   * Whether the harness measures after each heal how long a query, a signal, an update and a new workflow
   * take. The workers must register the workflows `probeTarget` and `probeWork`. @default true
   */
  readonly probes?: boolean
  /** Checks in addition to the default ones: optional ones by name, or the scenario's own. @default none */
  readonly checks?: readonly (string | Check)[]
  /** Observations in addition to the default ones, for the scenario's own checks to read. @default none */
  readonly observations?: readonly Observation[]
  /**
   * Types of activities and workflows whose attempts or tasks fail by design. For all others, a failure after a heal
   * breaks the promise. A type of which attempts also fail before the first fault needs no mention. @default none
   */
  readonly failingAttempts?: readonly string[]
  /**
   * How long activities wait for a worker without a fault, in milliseconds by type. So long a wait for a free slot
   * is no recovery. A golden run shows it as well. @default not known
   */
  readonly activityWaitsMs?: Readonly<Record<string, number>>
  /**
   * What may differ from the golden run by the scenario's nature, such as a race of a message and a timeout.
   * Everything else must be the same (docs/golden-run.md). @default none
   */
  readonly mayDiffer?: readonly MayDiffer[]
  /** The longest recovery that still passes, in milliseconds. @default 5_000, or what the chaos.config says */
  readonly budgetMs?: number
  /**
   * The longest time of a run, in milliseconds; a workflow still open then breaks the promise.
   * @default 60_000, or the longest that the chaos.config has for a workload
   */
  readonly deadlineMs?: number
  run(context: ScenarioContext<WorkerName, WorkloadName>): Promise<void>
}

export interface Scenario extends Required<Omit<ScenarioDefinition, 'checks' | 'version' | 'workers'>> {
  /** Null if it is neither declared nor loaded from a file, as in a test suite that imports the scenario itself. */
  readonly version: string | null
  readonly checks: readonly Check[]
  readonly workers: WorkerDefinitions
  /** The fields that its definition has; all others have their default. */
  readonly said: readonly string[]
}

const optionalNames = optionalChecks.map(({ name }) => name).join(', ')

const checkSchema = z.unknown().transform((asked, context): Check => {
  const check = askedCheck(asked)
  if (check !== undefined) return check
  context.addIssue(`a check, or the name of an optional one: ${optionalNames}`)
  return z.NEVER
})

/** Results list checks by name, so each check needs its own name. */
function areDistinct(checks: readonly Check[]): boolean {
  const names = [...defaultChecks, ...checks].map(({ name }) => name)
  return new Set(names).size === names.length
}

export function isObservation(value: unknown): value is Observation {
  if (typeof value !== 'object' || value === null) return false
  const { kind, available, observe } = value as Partial<Observation>
  return typeof kind === 'string' && typeof available === 'function' && typeof observe === 'function'
}

/** A user's observation may not have a kind of the harness, whose entries have a fixed form. */
function areOfOwnKinds(observations: readonly Observation[]): boolean {
  const kinds = observations.map(({ kind }) => kind)
  const known = new Set(observationEntrySchema.options.flatMap(({ shape }) => [...shape.kind.values]))
  const isOwn = (kind: string) => kebabCase.test(kind) && !known.has(kind as ObservationEntry['kind'])
  return new Set(kinds).size === kinds.length && kinds.every(isOwn)
}

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Those of a workload have its name before a slash, and the moment behind an at sign. */
const scenarioName = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*(@[a-z0-9]+(-[a-z0-9]+)*)?)?$/

const definitionSchema = z.object({
  name: z.string().regex(scenarioName, 'kebab-case, or <workload>/<fault>@<moment>'),
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
  workers: workerDefinitionsSchema,
  probes: z.boolean().default(true),
  checks: z.array(checkSchema).refine(areDistinct, 'each name once, and none of a default check').default([]),
  observations: z
    .array(z.custom<Observation>(isObservation, 'an observation: kind, available and observe'))
    .refine(areOfOwnKinds, 'each kind once, in kebab-case, and none that the harness knows')
    .default([]),
  failingAttempts: z.array(z.string().min(1)).default([]),
  activityWaitsMs: z.record(z.string(), z.number().min(0)).default({}),
  mayDiffer: z.array(mayDifferSchema).default([]),
  budgetMs: z.number().int().positive().default(5_000),
  deadlineMs: z.number().int().positive().default(60_000),
})

/** @throws UsageError that names the invalid field */
export function defineScenario<WorkerName extends string = string, WorkloadName extends string = string>(
  definition: ScenarioDefinition<WorkerName, WorkloadName>,
): Scenario {
  const { run, ...data } = definition
  const parsed = definitionSchema.safeParse(data)
  if (!parsed.success) {
    throw new UsageError(`scenario ${JSON.stringify(data.name)}: ${z.prettifyError(parsed.error)}`)
  }
  return { ...parsed.data, said: Object.keys(data), run }
}

/** The scenario with checks and observations besides its own. @throws UsageError that names a name that is there twice */
export function withJudging(
  scenario: Scenario,
  { checks, observations }: Pick<Scenario, 'checks' | 'observations'>,
): Scenario {
  const both = {
    checks: [...new Set([...scenario.checks, ...checks])],
    observations: [...new Set([...scenario.observations, ...observations])],
  }
  const parsed = definitionSchema.pick({ checks: true, observations: true }).safeParse(both)
  if (parsed.success) return { ...scenario, ...parsed.data }
  throw new UsageError(
    `scenario ${JSON.stringify(scenario.name)}, with what the chaos.config adds: ${z.prettifyError(parsed.error)}`,
    'Name a check or an observation in the scenario or in the chaos.config, not in both.',
  )
}
