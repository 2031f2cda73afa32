// The attempts of activities that histories show, and where they ran.
import { attemptOf, linkedEvent, textAttribute } from '../history/event.ts'
import { activityQueue, type AlignedHistory } from './aligned-history.ts'
import type { WaitInterval } from './open-obligation.ts'
import { activityType } from './pending-activity.ts'

export interface Execution extends WaitInterval {
  /** Of the worker. */
  readonly identity: string
  /** Undefined if the history does not tell. */
  readonly taskQueue: string | undefined
  readonly type: string
  readonly runId: string
  readonly activityId: string
  readonly attempt: number
  /** When the activity was asked for. */
  readonly scheduledMs: number
}

/** The last attempt of every activity that ended; history does not show those before. */
export function executionsOf(histories: readonly AlignedHistory[]): Execution[] {
  return histories.flatMap((history) => {
    const { events, spans, at, runId } = history
    return spans.flatMap(({ kind, opened, closed }) => {
      const started = kind === 'activity' && closed && linkedEvent(closed, 'startedEventId', events)
      if (!closed || !started) return []
      return [
        {
          identity: textAttribute(started, 'identity') ?? '',
          taskQueue: activityQueue(opened, history),
          type: activityType(opened),
          runId,
          activityId: textAttribute(opened, 'activityId') ?? '',
          attempt: attemptOf(started),
          scheduledMs: at(opened),
          fromMs: at(started),
          untilMs: at(closed),
        },
      ]
    })
  })
}

/** How many of them run at an instant. */
export function runningAt(ms: number, executions: readonly WaitInterval[]): number {
  return executions.filter(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs).length
}
