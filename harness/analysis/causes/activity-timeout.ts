// The timeouts of activities: their names, their settings, and how long each lasts for one activity.
import { durationAttributeMs } from '../../history/duration-attribute.ts'
import type { HistoryEvent } from '../../history/event.ts'
import { quoted } from '../../history/failure.ts'

export interface ActivityTimeout {
  readonly name: string
  readonly setting: string
}

const timeouts: Readonly<Record<string, ActivityTimeout>> = {
  TIMEOUT_TYPE_HEARTBEAT: { name: 'heartbeat timeout', setting: 'heartbeatTimeout' },
  TIMEOUT_TYPE_START_TO_CLOSE: { name: 'start-to-close timeout', setting: 'startToCloseTimeout' },
  TIMEOUT_TYPE_SCHEDULE_TO_CLOSE: { name: 'schedule-to-close timeout', setting: 'scheduleToCloseTimeout' },
  TIMEOUT_TYPE_SCHEDULE_TO_START: { name: 'schedule-to-start timeout', setting: 'scheduleToStartTimeout' },
}

/** @param type `TIMEOUT_TYPE_...`; undefined gives undefined */
export function activityTimeout(type: string | undefined): ActivityTimeout | undefined {
  return type === undefined ? undefined : timeouts[type]
}

/** As the activity was scheduled with; Infinity if it has no such timeout. */
export function timeoutMs(scheduled: HistoryEvent, { setting }: Pick<ActivityTimeout, 'setting'>): number {
  return durationAttributeMs(scheduled, setting) || Infinity
}

/** As it reads after "attempt 2": `ended by its heartbeat timeout`, `failed with "503"`. */
export function attemptEnd(
  failure: { readonly timeoutType?: string | null | undefined; readonly message: string } | null | undefined,
): string {
  const timeout = activityTimeout(failure?.timeoutType ?? undefined)
  return timeout === undefined
    ? `failed with ${quoted(failure?.message ?? '')}`
    : `ended by its ${timeout.name}`
}
