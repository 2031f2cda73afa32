// A control is a twin of something healthy that is broken on purpose, with the verdict that the harness must
// reach about it. A harness that never turns red proves nothing.
import { z } from 'zod'
import { UsageError } from '../core/errors.ts'
import { verdictSchema, type Verdict } from '../result/campaign-result.ts'
import { defineScenario, type Scenario, type ScenarioDefinition } from '../scenario/scenario.ts'
import type { WorkerLauncher } from '../worker/launcher.ts'
import type { Damage } from './damage.ts'

/**
 * What a control breaks. `record`: the stored record of a healthy run. `nothing`: a healthy twin that looks
 * broken, and must pass.
 */
export const brokenParts = [
  'worker',
  'workflow',
  'activity',
  'server',
  'client',
  'fault',
  'moment',
  'record',
  'nothing',
] as const
export type BrokenPart = (typeof brokenParts)[number]

/** The verdict that a control must get, for the right reason. */
export interface ExpectedVerdict {
  readonly verdict: Verdict
  /** The check that must find it. A healthy twin needs none. */
  readonly check?: string
  /** What one finding of that check says, with or without its excuse. No finding of another check says it. */
  readonly finding?: RegExp
}

interface DefinedControl {
  /** In kebab-case, like its file's name. */
  readonly name: string
  /** What is broken, as one sentence. */
  readonly defect: string
  readonly expected: ExpectedVerdict
}

export interface LiveControlDefinition<WorkerName extends string = string> extends DefinedControl {
  readonly breaks: Exclude<BrokenPart, 'record'>
  readonly scenario: Omit<ScenarioDefinition<WorkerName>, 'name' | 'promise' | 'version' | 'suites'>
  /** The launcher to use instead of the usual one, for a broken worker. */
  readonly launch?: (usual: WorkerLauncher) => WorkerLauncher
  /** Executes a golden run first, and holds the run against it. @default false */
  readonly golden?: boolean
}

/** Runs nothing of its own: a healthy control runs once for all that damage its record. */
export interface RecordControlDefinition extends DefinedControl {
  readonly breaks: 'record'
  /** The healthy control whose record is damaged. */
  readonly of: Control
  readonly damage: Damage
  /** `kept`: the seal still is that of the healthy record. @default 'renewed' */
  readonly seal?: 'kept' | 'renewed'
}

export type ControlDefinition<WorkerName extends string = string> =
  LiveControlDefinition<WorkerName> | RecordControlDefinition

export interface Control {
  readonly name: string
  readonly breaks: BrokenPart
  readonly defect: string
  /** Of a control that damages a record: that of the healthy one. */
  readonly scenario: Scenario
  readonly launch?: (usual: WorkerLauncher) => WorkerLauncher
  readonly damaged?: { readonly damage: Damage; readonly seal: 'kept' | 'renewed' }
  readonly golden?: boolean
  readonly expected: ExpectedVerdict
}

const definitionSchema = z
  .object({
    breaks: z.enum(brokenParts),
    defect: z.string().min(1, 'a sentence'),
    expected: z.strictObject({
      verdict: verdictSchema,
      check: z.string().optional(),
      finding: z.instanceof(RegExp).optional(),
    }),
  })
  .refine(
    ({ breaks, expected }) => (breaks === 'nothing') === (expected.verdict === 'pass'),
    'only a control that breaks nothing passes',
  )
  .refine(
    ({ expected: { verdict, check, finding } }) =>
      verdict === 'pass' || (check !== undefined && finding !== undefined),
    'the check that finds it, and what the finding says',
  )

/** @throws UsageError that names the invalid field */
export function defineControl<WorkerName extends string = 'worker-1'>(
  definition: ControlDefinition<WorkerName>,
): Control {
  const { name, breaks, defect, expected } = definition
  const parsed = definitionSchema.safeParse({ breaks, defect, expected })
  if (!parsed.success) {
    throw new UsageError(`control ${JSON.stringify(name)}: ${z.prettifyError(parsed.error)}`)
  }
  if (definition.breaks === 'record') return recordControl(definition)
  const { scenario, launch, golden = false } = definition
  return {
    name,
    breaks,
    defect,
    scenario: defineScenario({ ...scenario, name, promise: defect, suites: [] }),
    ...(launch === undefined ? {} : { launch }),
    golden,
    expected,
  }
}

function recordControl(definition: RecordControlDefinition): Control {
  const { name, breaks, defect, of, damage, seal = 'renewed', expected } = definition
  if (of.breaks !== 'nothing') {
    throw new UsageError(`control ${JSON.stringify(name)}: only a healthy control has a record to damage`)
  }
  const { scenario, launch, golden = false } = of
  const damaged = { damage, seal }
  return {
    name,
    breaks,
    defect,
    scenario,
    ...(launch === undefined ? {} : { launch }),
    golden,
    damaged,
    expected,
  }
}
