// An activity that waited for a free slot: the worker that took it was full with others, and took it when one of
// them ended.
import { linkedEvent, textAttribute } from '../../history/event.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import type { WaitInterval } from '../open-obligation.ts'
import { lasting, negligibleMs, type Wait } from './wait.ts'

/** An attempt that history shows, and where it ran. */
export interface Execution extends WaitInterval {
  readonly identity: string
}

export const slotSetting = 'maxConcurrentActivityTaskExecutions'

/** The last attempt of every activity; history does not show those before. */
export function executionsOf(histories: readonly AlignedHistory[]): Execution[] {
  return histories.flatMap(({ events, at }) =>
    events.flatMap((closed) => {
      if (!closed.eventType.startsWith('EVENT_TYPE_ACTIVITY_TASK_')) return []
      const started = linkedEvent(closed, 'startedEventId', events)
      if (started === undefined) return []
      const identity = textAttribute(started, 'identity') ?? ''
      return [{ identity, fromMs: at(started), untilMs: at(closed) }]
    }),
  )
}

/**
 * @param fromMs when the attempt could have begun
 * @param takenMs when a worker took it
 */
export function slotWait(
  identity: string,
  { fromMs, takenMs }: { readonly fromMs: number; readonly takenMs: number },
  executions: readonly Execution[],
): Wait[] {
  const others = executions.filter(
    (one) => one.identity === identity && Math.abs(one.fromMs - takenMs) > Number.EPSILON,
  )
  const freed = others.some((one) => one.fromMs < takenMs && Math.abs(one.untilMs - takenMs) < negligibleMs)
  if (!freed) return []
  const most = Math.max(...others.map(({ fromMs: ms }) => runningAt(ms, others)))
  const fullMs = fullSince(most, takenMs, others)
  return lasting({
    name: 'no free activity slot',
    setting: slotSetting,
    fromMs: Math.max(fromMs, fullMs),
    untilMs: takenMs,
    detail: `${most} other ${most === 1 ? 'activity' : 'activities'} ran on ${identity}`,
  })
}

function runningAt(ms: number, executions: readonly Execution[]): number {
  return executions.filter(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs).length
}

/** The begin of the time up to `takenMs` in which the worker ran as many as it ever did, but for short gaps. */
function fullSince(most: number, takenMs: number, executions: readonly Execution[]): number {
  const begins = executions
    .map(({ fromMs }) => fromMs)
    .filter((ms) => ms < takenMs && runningAt(ms, executions) >= most)
  return begins
    .toSorted((a, b) => b - a)
    .reduce((sinceMs, ms) => {
      const isFullUntilMs = Math.min(
        ...executions.filter((one) => one.fromMs <= ms && one.untilMs > ms).map((one) => one.untilMs),
      )
      return isFullUntilMs + negligibleMs >= sinceMs ? ms : sinceMs
    }, takenMs)
}
