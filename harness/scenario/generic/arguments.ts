// The arguments of a project's workflows and messages: values of its configuration, or what a function of the run makes.
import { z } from 'zod'
import { substitute } from '../../config/project/substitute.ts'
import type { ArgumentsFor, ProjectMessage, ProjectWorkload } from '../../config/project/workload-schema.ts'
import { messageOf, UsageError } from '../../core/errors.ts'
import { deriveSeed } from '../../core/seed.ts'
import type { Choose } from '../choose.ts'

const listSchema = z.array(z.json())

/**
 * @param whose in words, for errors
 * @throws UsageError `CHAOS_ARGUMENTS_INVALID` if a function throws, or returns no list of JSON values
 */
export function argumentsFor(args: ProjectWorkload['args'], whose: string, of: ArgumentsFor): unknown[] {
  if (typeof args !== 'function') return valuesFor(of.workflowId, args)
  const made = listSchema.safeParse(called(args, whose, of))
  if (made.success) return made.data
  throw invalid(whose, `its function returned something else than a list of JSON values`)
}

/** Values of the configuration, for the workflow with this id. */
export function valuesFor<T>(workflowId: string, values: T): T {
  return substitute(values, { 'workflow.id': workflowId, 'run.id': workflowId })
}

function called<T>(make: (of: ArgumentsFor) => T, whose: string, of: ArgumentsFor): T {
  try {
    return make(of)
  } catch (thrown) {
    throw invalid(whose, `its function threw ${messageOf(thrown)}`)
  }
}

function invalid(whose: string, why: string): UsageError {
  return new UsageError(
    `the arguments of ${whose} cannot be made: ${why}`,
    'Correct "args" in the chaos.config.',
    'CHAOS_ARGUMENTS_INVALID',
  )
}

/** What may hold functions. */
interface OfFunctions {
  readonly args: ProjectWorkload['args']
  readonly messages: readonly Pick<ProjectMessage, 'args'>[]
}

const largestSeed = 2 ** 31 - 1

/**
 * A seed for each start of a workload whose arguments are functions. All follow from one choice of the run, which a plan has:
 * how many workflows a run starts may depend on time.
 */
export class ArgumentSeeds {
  readonly #drawn = new Map<string, { readonly first: number; count: number }>()
  readonly #choose: Choose

  constructor(choose: Choose) {
    this.#choose = choose
  }

  /** Undefined if nothing depends on it. @param name of the workload */
  next(name: string, { args, messages }: OfFunctions): number | undefined {
    if (![args, ...messages.map((message) => message.args)].some((one) => typeof one === 'function')) {
      return undefined
    }
    const known = this.#drawn.get(name)
    if (known !== undefined) {
      known.count += 1
      return deriveSeed(known.first, 'arguments', known.count)
    }
    const first = this.#choose.integer(`arguments of ${name}`, 0, largestSeed)
    this.#drawn.set(name, { first, count: 1 })
    return first
  }
}
