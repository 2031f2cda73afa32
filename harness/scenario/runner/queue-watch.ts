// Notices tasks that nobody takes although every worker should serve: a worker that lives and polls nothing would
// otherwise be told of only at the run's deadline.
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../core/clock.ts'
import type { Deadline } from '../../core/deadline.ts'
import { formatDuration } from '../../core/duration.ts'
import { ChaosError } from '../../core/errors.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import type { Observer } from '../../temporal/observer.ts'
import { pendingActivities } from '../../temporal/pending-activities.ts'
import { queueStates, type PolledQueue, type QueueState } from '../../temporal/pollers.ts'
import { isStarted } from './running-activities.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface QueueWatchOptions {
  readonly observer: Observer
  readonly timeline: TimelineWriter
  readonly taskQueues: readonly PolledQueue[]
  readonly budgetMs: number
  /** Whether every target is up and no fault is under way. */
  readonly isQuiet: () => boolean
  /** Labels of the workers that are up. */
  readonly up: () => readonly string[]
  /** The runs that are open as far as is known. */
  readonly openRuns: () => readonly WorkflowRun[]
}

const everyMs = 1_000
/** How much longer than the budget a task waits before nobody is expected to take it any more. */
const patienceMs = 2_000

/**
 * Looks until the deadline's signal is aborted.
 * @throws ChaosError `CHAOS_QUEUE_UNPOLLED` (kind unmet), or the signal's reason
 */
export async function watchQueues(options: QueueWatchOptions, { signal }: Deadline): Promise<never> {
  const longMs = options.budgetMs + patienceMs
  let waits = new Waits()
  let quietFromMs: number | undefined
  for (;;) {
    await delay(everyMs, undefined, { signal })
    if (!options.isQuiet()) {
      quietFromMs = undefined
      waits = new Waits()
      continue
    }
    quietFromMs ??= monotonicMs()
    if (monotonicMs() - quietFromMs < longMs / 2) continue
    // A service that does not answer is no worker's silence.
    const states = await queueStates(options.observer, options.taskQueues, signal).catch(() => [])
    for (const state of states) {
      const waitedMs = waits.note(state, monotonicMs(), Date.now())
      const isLong = waitedMs > longMs && monotonicMs() - quietFromMs > longMs
      if (isLong && !(await mayBeBusy(options, state))) throw unpolled(options, state, waitedMs)
    }
  }
}

/** How long the oldest task of each queue has waited without any poll. */
export class Waits {
  readonly #first = new Map<
    string,
    { readonly ageMs: number; readonly atMs: number; readonly poll: number }
  >()

  /**
   * A poll that waits would have been given a task at once, so a task that waits shows that there is none. The service
   * may repeat its figures for 5 s: as long as nobody polls, the same task goes on waiting.
   */
  note(state: QueueState, nowMs: number, nowWallMs: number): number {
    const { tasks, ageMs } = state.backlog
    const name = `${state.polls} ${state.queue}`
    const poll = lastPollWallMs(state) ?? 0
    const known = this.#first.get(name)
    const first =
      known !== undefined && known.poll === poll && tasks > 0 ? known : { ageMs, atMs: nowMs, poll }
    if (tasks > 0) this.#first.set(name, first)
    else this.#first.delete(name)
    const waitedMs = Math.max(ageMs, first.ageMs + nowMs - first.atMs)
    // In a long backlog the oldest task may be old although workers poll all the time.
    return tasks > 0 ? Math.min(waitedMs, nowWallMs - poll) : 0
  }
}

function lastPollWallMs({ pollers }: QueueState): number | undefined {
  return pollers.length === 0 ? undefined : Math.max(...pollers.map((poller) => poller.lastAccessWallMs))
}

/** A worker whose slots are all taken by long activities does not poll for more. */
async function mayBeBusy({ observer, openRuns }: QueueWatchOptions, { polls }: QueueState): Promise<boolean> {
  if (polls === 'workflow') return false
  const pending = await Promise.all(openRuns().map((run) => pendingActivities(observer, run).catch(() => [])))
  return pending.flat().some(isStarted)
}

function unpolled({ timeline, up }: QueueWatchOptions, state: QueueState, ageMs: number): ChaosError {
  const { queue, polls, backlog } = state
  const lastWallMs = lastPollWallMs(state)
  const sinceMs = lastWallMs === undefined ? null : timeline.nowMs - (Date.now() - lastWallMs)
  timeline.mark({ kind: 'queue-unpolled', queue, polls, tasks: backlog.tasks, ageMs, sinceMs })
  const since = sinceMs === null ? 'at all' : `since ${formatDuration(Math.max(0, sinceMs))}`
  const tasks = backlog.tasks === 1 ? '1 task waits' : `${backlog.tasks} tasks wait`
  const waiting = `${tasks}, for ${formatDuration(ageMs)} by now`
  return new ChaosError(
    `0 pollers on ${queue} for ${polls} tasks ${since}, though ${up().join(', ')} should serve: ${waiting}`,
    { code: 'CHAOS_QUEUE_UNPOLLED', kind: 'unmet', subject: queue },
  )
}
