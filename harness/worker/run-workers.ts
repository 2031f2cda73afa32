// All workers of one run. They share what is learnt of pollers, and each keeps its own incarnations and logs.
import type { Deadline } from '../core/deadline.ts'
import type { Watched } from '../processes/watched.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import { StartOrder } from './start-order.ts'
import { polledQueues, takeEverything, workflowQueue, type WorkerDefinitions } from './worker-definition.ts'
import { Worker } from './worker.ts'
import type { WorkerOptions } from './worker-options.ts'

export interface RunWorkersOptions extends Omit<
  WorkerOptions,
  'name' | 'taskQueues' | 'incarnations' | 'startOrder'
> {
  readonly definitions: WorkerDefinitions
  /** The run's own task queue; the names of all its queues begin with it. */
  readonly runQueue: string
}

export class RunWorkers implements AsyncDisposable {
  readonly all: readonly Worker[]
  /** Aborted with `CHAOS_WORKER_DIED` when one of them ends without the harness's doing. */
  readonly health: AbortSignal
  readonly #options: RunWorkersOptions

  constructor(options: RunWorkersOptions) {
    const { definitions, runQueue, ...common } = options
    this.#options = options
    const shared = { ...common, incarnations: [], startOrder: new StartOrder() }
    this.all = Object.entries(definitions).map(
      ([name, definition]) => new Worker({ ...shared, name, taskQueues: polledQueues(runQueue, definition) }),
    )
    this.health = AbortSignal.any(this.all.map(({ health }) => health))
  }

  get isUp(): boolean {
    return this.all.every(({ isUp }) => isUp)
  }

  /** What they poll together. */
  get taskQueues(): readonly PolledQueue[] {
    return this.all.flatMap(({ taskQueues }) => taskQueues)
  }

  /** They register the probe workflows, and take all kinds of tasks from the queue that these are started on. */
  get canBeProbed(): boolean {
    const { launcher, runQueue, definitions } = this.#options
    return launcher.probes && takeEverything(runQueue, definitions)
  }

  /** What of them is up and uses CPU and memory, under the name of each worker. */
  get watched(): Watched[] {
    return this.all.flatMap(({ watched }) => watched)
  }

  /** @throws as `workflowQueue` does */
  queueFor(local?: string): string {
    return workflowQueue(this.#options.runQueue, this.#options.definitions, local)
  }

  /** Starts all of them, side by side unless they share a queue. @throws as `Worker.start`, once no start is under way */
  async start(deadline: Deadline): Promise<void> {
    const starts = await Promise.allSettled(this.all.map((worker) => worker.start(deadline)))
    for (const start of starts) if (start.status === 'rejected') throw start.reason
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((worker) => worker[Symbol.asyncDispose]()))
  }
}
