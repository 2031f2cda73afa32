// The last questions of a run: does every worker that should be up still poll, and is new work still done? A worker that
// hangs once the awaited work is done looks healthy to everybody who waits for nothing more.
import { Deadline } from '../../core/deadline.ts'
import { markHandled } from '../../core/mark-handled.ts'
import type { Observer } from '../../temporal/observer.ts'
import { untilPolling, type PolledQueue } from '../../temporal/pollers.ts'
import type { Worker } from '../../worker/worker.ts'
import type { Step } from '../context.ts'
import { probeWork } from '../probe-workloads.ts'
import type { Workflows } from '../workflows.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface StillServingOptions {
  readonly observer: Observer
  readonly timeline: TimelineWriter
  readonly workflows: Pick<Workflows, 'start'>
  /** The workers that should be up. */
  readonly workers: readonly Pick<Worker, 'current' | 'taskQueues'>[]
  /** Whether they register the workflows that the harness probes with. */
  readonly canBeProbed: boolean
  readonly budgetMs: number
  readonly deadline: Deadline
}

/** After a restart of the server, a worker that stayed up polls again only after its own backoff. */
export const patienceMs = 5_000
const everyMs = 100
const quietly: Step = (_name, work) => work()

/** Puts the answers on the timeline. @returns whether all that could be asked were answered */
export async function askStillServing(options: StillServingOptions): Promise<boolean> {
  const { workers, canBeProbed, budgetMs, deadline } = options
  const within = Deadline.after(budgetMs + patienceMs, deadline.signal)
  const queues = canBeProbed ? queuesForBoth(workers.flatMap(({ taskQueues }) => taskQueues)) : []
  const answers = await Promise.all([
    ...workers.map((worker) => askPolling(options, worker, within)),
    ...queues.map((queue) => askNewWork(options, queue, within)),
  ])
  return answers.every(Boolean)
}

async function askPolling(
  { observer, timeline }: StillServingOptions,
  { current, taskQueues }: Pick<Worker, 'current' | 'taskQueues'>,
  within: Deadline,
): Promise<boolean> {
  const askedMs = timeline.nowMs
  const polling = untilPolling(observer, taskQueues, current.identities, within, everyMs)
  const answered = await settled(polling, within)
  timeline.mark({ kind: 'still-polling', identity: current.label, askedMs, answered })
  return answered
}

async function askNewWork(
  { timeline, workflows }: StillServingOptions,
  queue: string,
  within: Deadline,
): Promise<boolean> {
  const askedMs = timeline.nowMs
  const work = async () => {
    const fresh = await workflows.start(probeWork, {}, quietly, { origin: 'probe', queue })
    await fresh.completes()
  }
  const what = `a workflow on ${queue} to be completed`
  const answered = await settled(
    within.race(markHandled(work()), { what, code: 'CHAOS_WORK_UNDONE' }),
    within,
  )
  timeline.mark({ kind: 'still-working', queue, askedMs, answered })
  return answered
}

/** @throws the reason why the run was ended */
async function settled(asking: Promise<unknown>, { signal }: Deadline): Promise<boolean> {
  try {
    await asking
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}

/** The queues that are polled for everything that a new workflow needs. */
function queuesForBoth(polled: readonly PolledQueue[]): string[] {
  const byName = Map.groupBy(polled, ({ name }) => name)
  return [...byName]
    .filter(([, all]) => new Set(all.flatMap(({ polls }) => polls)).size === 2)
    .map(([name]) => name)
}
