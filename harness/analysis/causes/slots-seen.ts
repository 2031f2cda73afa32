// How many activities a worker runs at once, as seen before the first fault. A worker that lets others
// wait meanwhile is full: that is how its team sized it, and no fault's doing.
import { runningAt, type Execution } from '../activity-executions.ts'
import type { Outage } from '../outages.ts'
import { negligibleMs } from './wait.ts'

/** By task queue; a queue on which nothing had to wait before the first fault is not in it. */
export type SlotsSeen = ReadonlyMap<string | undefined, number>

type Attempt = Pick<Execution, 'identity' | 'fromMs' | 'untilMs'>

export function slotsSeen(executions: readonly Execution[], [first]: readonly Outage[]): SlotsSeen {
  const queues = Map.groupBy(executions, ({ taskQueue }) => taskQueue)
  return new Map(
    [...queues].flatMap(([queue, all]) => {
      const slots = first === undefined ? 0 : slotsOf([...all, ...lostIn(first, all)], all, first.fromMs)
      return slots === 0 ? [] : [[queue, slots] as const]
    }),
  )
}

/** The most that one worker ran at an instant at which another activity waited. */
function slotsOf(attempts: readonly Attempt[], all: readonly Execution[], beforeMs: number): number {
  const instants = attempts.map(({ fromMs }) => fromMs).filter((ms) => ms < beforeMs)
  const full = instants.filter((ms) => all.some((one) => waitsAt(ms, one)))
  const workers = [...Map.groupBy(attempts, ({ identity }) => identity).values()]
  return Math.max(0, ...full.flatMap((ms) => workers.map((own) => runningAt(ms, own))))
}

/** Later attempts may have run before, so only a first one is known to have waited all the time. */
function waitsAt(ms: number, { attempt, scheduledMs, fromMs }: Execution): boolean {
  return attempt === 1 && fromMs - scheduledMs >= negligibleMs && scheduledMs <= ms && ms < fromMs
}

/** The attempts that died with the worker: the server listed them, and history has only the next one. */
function lostIn({ running, faultIndex, identities, fromMs: untilMs }: Outage, all: readonly Execution[]) {
  const [identity] = identities
  if (identity === undefined) return []
  return running.flatMap((lost): Attempt[] => {
    const again = all.find(({ runId, activityId }) => runId === lost.runId && activityId === lost.activityId)
    const isLost = lost.faultIndex === faultIndex && again !== undefined && again.attempt > lost.attempt
    return isLost ? [{ identity, fromMs: lost.startedMs, untilMs }] : []
  })
}
