// The settings that the histories of a run show, of whatever worker: nothing is declared.
import type { Profile } from '../config/profiles.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { textAttribute, type HistoryEvent } from '../history/event.ts'
import { retryPolicyOf } from '../history/retry-policy.ts'
import type { ActivitySettings, SettingsSeen } from '../result/settings-seen.ts'
import type { AlignedHistory } from './aligned-history.ts'
import type { RunAnalysis } from './analyse.ts'
import { stickyTimeoutsSeen } from './causes/workflow-task-timeouts.ts'
import { activityType } from './pending-activity.ts'
import { probeRunIds } from './probes.ts'
import { workerSdksOf } from './worker-sdks.ts'

/** Without the workflows that the harness itself probes with. */
export function settingsSeenIn({ record, histories: all }: RunAnalysis): SettingsSeen {
  const probes = new Set(probeRunIds(record))
  const histories = all.filter(({ runId }) => !probes.has(runId))
  return {
    sdks: workerSdksOf(all).seen.map(({ name, version }) => ({ name, version })),
    workflows: distinct(histories.flatMap(workflowSettings)),
    sticky: stickyIn(all),
    activities: distinct(histories.flatMap(activitySettings)),
    asked: askedBy(record.header.profile),
  }
}

function workflowSettings(history: AlignedHistory) {
  return history.events.flatMap((event) => {
    const taskTimeoutMs = durationAttributeMs(event, 'workflowTaskTimeout')
    const isStart = event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED' && taskTimeoutMs > 0
    const type = textAttribute(event, 'workflowType', 'name') ?? ''
    return isStart ? [{ type, taskTimeoutMs, seenIn: placeOf(event, history) }] : []
  })
}

function activitySettings(history: AlignedHistory): ActivitySettings[] {
  return history.spans.flatMap(({ kind, opened }) => {
    if (kind !== 'activity') return []
    const limit = (name: string) => durationAttributeMs(opened, name) || null
    const retry = retryPolicyOf(opened)
    return [
      {
        type: activityType(opened),
        startToCloseMs: limit('startToCloseTimeout'),
        scheduleToCloseMs: limit('scheduleToCloseTimeout'),
        scheduleToStartMs: limit('scheduleToStartTimeout'),
        heartbeatMs: limit('heartbeatTimeout'),
        retry: retry === undefined ? null : { ...retry },
        seenIn: placeOf(opened, history),
      },
    ]
  })
}

/** The shortest that ran out: the server may end one late, and never early. */
function stickyIn(histories: readonly AlignedHistory[]): SettingsSeen['sticky'] {
  const [shortest] = histories
    .flatMap((history) => stickyTimeoutsSeen(history).map((one) => ({ ...one, history })))
    .toSorted((a, b) => a.lastedMs - b.lastedMs)
  if (shortest === undefined) return null
  return {
    scheduleToStartMs: shortest.lastedMs,
    seenIn: placeOf(shortest.timedOut, shortest.history),
  }
}

function askedBy({ worker, start, activity: { retry = {}, ...activity } }: Profile): Record<string, number> {
  const named = (of: string, values: Readonly<Record<string, number | undefined>>) =>
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[`${of}.${name}`, value] as const],
    )
  return Object.fromEntries([
    ...named('worker', worker),
    ...named('start', start),
    ...named('activity', activity),
    ...named('activity.retry', retry),
  ])
}

function placeOf({ eventId }: HistoryEvent, { workflowId }: AlignedHistory): string {
  return `event ${eventId} of ${workflowId}`
}

/** The first of those that differ by nothing but where they were seen. */
function distinct<T extends { readonly seenIn: string }>(all: readonly T[]): T[] {
  const first = Map.groupBy(all, (one) => JSON.stringify({ ...one, seenIn: '' }))
  return [...first.values()].flatMap((same) => same.slice(0, 1))
}
