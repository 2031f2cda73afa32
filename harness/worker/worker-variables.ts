// The contract with a worker that the harness starts: all it is told, as variables of its environment. A program in any
// language that honours them can be the worker under test. `temporal-chaos/worker` exports this file to programs in Node.
import { z } from 'zod'
import type { TaskKind } from '../temporal/pollers.ts'

/** What a worker can poll a task queue for. */
export const taskKinds = ['workflow', 'activity'] as const satisfies readonly TaskKind[]

const required = z.string().min(1)

/** What each variable says, and what a worker in Node reads it as. */
export const workerVariablesSchema = z.object({
  TEMPORAL_ADDRESS: required.describe('`host:port` of the Temporal frontend'),
  TEMPORAL_NAMESPACE: required.describe('the namespace to poll in'),
  CHAOS_TASK_QUEUE: required
    .transform((names) => names.split(','))
    .describe('the task queue to poll; several are separated by commas'),
  CHAOS_POLLS: z
    .string()
    .default(taskKinds.join())
    .transform((kinds) => z.array(z.enum(taskKinds)).min(1).parse(kinds.split(',')))
    .describe(
      'what to poll for: `workflow`, `activity`, or both, separated by a comma, which is the default',
    ),
  CHAOS_LEDGER_URL: z
    .url()
    .describe(
      'the ledger: activities POST their effects to `<url>/effects`. It differs for each start of a worker',
    ),
  CHAOS_INCARNATION: z.coerce.number().int().min(1).describe('counts the starts of this worker, from 1'),
  CHAOS_IDENTITY: required.describe('a name for logs. The harness learns by itself who polls'),
  CHAOS_WORKFLOW_BUNDLE: required.describe('file of the bundled workflows, for a worker in Node'),
  CHAOS_WORKER_OPTIONS: required
    .transform((json) => z.record(z.string(), z.unknown()).parse(JSON.parse(json)))
    .describe("the profile's `WorkerOptions` of the TypeScript SDK, as JSON"),
  CHAOS_DATA_CONVERTER: required
    .optional()
    .describe(
      'file of a module that exports a `dataConverter`, for a worker in Node; absent for the default one',
    ),
})
export type WorkerVariables = z.output<typeof workerVariablesSchema>

/** The variables by their names, as a launcher sets them. */
export type WorkerEnvironment = Readonly<
  Record<Exclude<keyof WorkerVariables, 'CHAOS_DATA_CONVERTER'>, string>
> & { readonly CHAOS_DATA_CONVERTER?: string }

/** @throws if a variable is missing or wrong, and names it */
export function readWorkerVariables(env: NodeJS.ProcessEnv): WorkerVariables {
  const { data, error } = workerVariablesSchema.safeParse(env)
  if (error === undefined) return data
  throw new Error(`the environment of this worker is incomplete:\n${z.prettifyError(error)}`)
}
