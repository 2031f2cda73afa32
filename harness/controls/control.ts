// A control is a twin of something healthy that is broken on purpose, with the verdict that the harness must
// reach about it. A harness that never turns red proves nothing.
import { z } from 'zod'
import { UsageError } from '../core/errors.ts'
import { verdictSchema, type Verdict } from '../result/campaign-result.ts'
import { defineScenario, type Scenario, type ScenarioDefinition } from '../scenario/scenario.ts'
import type { WorkerLauncher } from '../worker/launcher.ts'

/** What a control breaks. `nothing`: a healthy twin that looks broken, and that must pass. */
export const brokenParts = [
  'worker',
  'workflow',
  'activity',
  'server',
  'client',
  'fault',
  'moment',
  'nothing',
] as const
export type BrokenPart = (typeof brokenParts)[number]

/** The verdict that a control must get, for the right reason. */
export interface ExpectedVerdict {
  readonly verdict: Verdict
  /** The check that must find it. A healthy twin needs none. */
  readonly check?: string
  /** What one finding of that check says. */
  readonly finding?: RegExp
}

export interface ControlDefinition<WorkerName extends string = string> {
  /** In kebab-case, like its file's name. */
  readonly name: string
  readonly breaks: BrokenPart
  /** What is broken, as one sentence. */
  readonly defect: string
  readonly scenario: Omit<ScenarioDefinition<WorkerName>, 'name' | 'promise' | 'version' | 'suites'>
  /** The launcher to use instead of the usual one, for a broken worker. */
  readonly launch?: (usual: WorkerLauncher) => WorkerLauncher
  readonly expected: ExpectedVerdict
}

export interface Control {
  readonly name: string
  readonly breaks: BrokenPart
  readonly defect: string
  readonly scenario: Scenario
  readonly launch?: (usual: WorkerLauncher) => WorkerLauncher
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
  const { name, breaks, defect, scenario, launch, expected } = definition
  const parsed = definitionSchema.safeParse({ breaks, defect, expected })
  if (!parsed.success) {
    throw new UsageError(`control ${JSON.stringify(name)}: ${z.prettifyError(parsed.error)}`)
  }
  return {
    name,
    breaks,
    defect,
    scenario: defineScenario({ ...scenario, name, promise: defect, suites: [] }),
    ...(launch === undefined ? {} : { launch }),
    expected,
  }
}
