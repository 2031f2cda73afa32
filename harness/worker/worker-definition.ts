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
})

export const workerDefinitionsSchema = z
  .record(name, definitionSchema)
  .default({ 'worker-1': { taskQueues: [], polls: 'both' } })
  .refine((workers) => Object.values(workers).some(takesWorkflows), 'a worker that polls for workflows')

/** @param runQueue the run's own name for queues */
export function polledQueues(
  runQueue: string,
  { taskQueues, polls }: WorkerDefinitions[string],
): readonly PolledQueue[] {
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
  const wanted = local === undefined ? known[0] : queueName(runQueue, local)
  if (wanted !== undefined && known.includes(wanted)) return wanted
  const names = taking.flatMap(({ taskQueues }) => taskQueues)
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

function takesWorkflows({ polls }: { readonly polls: string }): boolean {
  return polls !== 'activity'
}
