// Which workers a run has, and which task queues they poll. A scenario gives queues names of its own; on the service the
// run's name stands before each, so that runs beside each other never share one.
import { z } from 'zod'
import { UsageError } from '../core/errors.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import { taskKinds } from './worker-variables.ts'

export interface WorkerDefinition {
  /** The task queues that it polls, by names of the scenario's own. @default the run's only queue, which has no name */
  readonly taskQueues?: readonly string[]
  /** What it polls them for. @default 'both' */
  readonly polls?: 'workflow' | 'activity' | 'both'
  /**
   * Instead of both: what it polls by its own code, under the names that the service knows. Such a worker takes work of
   * every run, so its runs go one at a time. @default none
   */
  readonly ownQueues?: readonly PolledQueue[]
}

/** By name. The order counts: the run starts work on the first queue if nobody says which. */
export type WorkerDefinitions = Readonly<Record<string, Required<WorkerDefinition>>>

const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, 'letters, digits and dashes')

const definitionSchema = z.strictObject({
  taskQueues: z
    .array(name)
    .refine((names) => new Set(names).size === names.length, 'each task queue once')
    .default([]),
  polls: z.enum([...taskKinds, 'both']).default('both'),
  ownQueues: z
    .array(z.strictObject({ name: z.string().min(1), polls: z.array(z.enum(taskKinds)) }))
    .default([]),
})

export const workerDefinitionsSchema = z
  .record(name, definitionSchema)
  .default({ 'worker-1': { taskQueues: [], polls: 'both', ownQueues: [] } })
  .refine((workers) => Object.values(workers).some(takesWorkflows), 'a worker that polls for workflows')

/** @param runQueue the run's own name for queues */
export function polledQueues(
  runQueue: string,
  { taskQueues, polls, ownQueues }: WorkerDefinitions[string],
): readonly PolledQueue[] {
  if (ownQueues.length > 0) return ownQueues
  const kinds = polls === 'both' ? taskKinds : [polls]
  const names = taskQueues.length === 0 ? [runQueue] : taskQueues.map((local) => queueName(runQueue, local))
  return names.map((full) => ({ name: full, polls: kinds }))
}

/**
 * The queue that a workflow is started on.
 * @param local its name in the scenario; by default the first one that a worker polls for workflows
 * @throws UsageError `CHAOS_TASK_QUEUE_UNKNOWN` if no worker polls it for workflows
 */
export function workflowQueue(runQueue: string, workers: WorkerDefinitions, local?: string): string {
  const taking = Object.values(workers).filter(takesWorkflows)
  const known = taking.flatMap((worker) => polledQueues(runQueue, worker).map((queue) => queue.name))
  const wanted = local === undefined ? known.slice(0, 1) : [queueName(runQueue, local), local]
  const found = wanted.find((full) => known.includes(full))
  if (found !== undefined) return found
  const names = taking.flatMap(({ taskQueues, ownQueues }) => [
    ...taskQueues,
    ...ownQueues.map((queue) => queue.name),
  ])
  throw new UsageError(
    `no worker of the scenario polls the task queue ${JSON.stringify(local)} for workflows`,
    names.length === 0
      ? 'Its workers poll only the queue of the run: leave `taskQueue` out.'
      : `Queues that one polls: ${names.join(', ')}.`,
    'CHAOS_TASK_QUEUE_UNKNOWN',
  )
}

/** Whether together they take tasks of all kinds from the queue that work starts on by default. */
export function takeEverything(runQueue: string, workers: WorkerDefinitions): boolean {
  const queue = workflowQueue(runQueue, workers)
  const polled = Object.values(workers).flatMap((worker) => polledQueues(runQueue, worker))
  return taskKinds.every((kind) =>
    polled.some(({ name: its, polls }) => its === queue && polls.includes(kind)),
  )
}

function queueName(runQueue: string, local: string): string {
  return `${runQueue}-${local}`
}

/** Whose kinds are not known yet is taken for one that does. */
function takesWorkflows({ polls, ownQueues = [] }: WorkerDefinition): boolean {
  if (ownQueues.length === 0) return polls !== 'activity'
  return ownQueues.some(({ polls: kinds }) => kinds.length === 0 || kinds.includes('workflow'))
}

/** Whether its queues belong to its own code, and so to every run of it. */
export function hasOwnQueues(workers: WorkerDefinitions): boolean {
  return Object.values(workers).some(({ ownQueues }) => ownQueues.length > 0)
}
