// The ways in which a history is replayed. Each differs from the run in something that workflow code must not depend on.
import { probeTargetName, probeWorkName } from '../../core/probe-contract.ts'
import { textAttribute, type HistoryEvent } from '../../history/event.ts'
import type { OtherClock } from './other-clock.ts'

/** One pass over all histories. Each part goes to a worker that has nothing of the workflow in its cache. */
export interface ReplayWay {
  readonly clock: OtherClock | null
  readonly parts: readonly ReplayPart[]
}

interface ReplayPart {
  /** As it reads after "does not replay"; empty if it goes without saying. */
  readonly name: string
  /** Undefined if the history has no such part. */
  of(events: readonly HistoryEvent[]): readonly HistoryEvent[] | undefined
}

const probes: ReadonlySet<string> = new Set([probeTargetName, probeWorkName])

const whole: ReplayPart['of'] = (events) => events

/** A replay of thousands of events takes seconds, which a busy machine multiplies: once must do for all of them. */
const longest = 1_000

const wholeOrLong: ReplayPart['of'] = (events) =>
  events.length <= longest ? events : (cutAfter(events, longest) ?? events)

/** The harness's own probes are most of the histories and the same in every run: replaying them once must do. */
const unlessProbe =
  (part: ReplayPart['of']): ReplayPart['of'] =>
  (events) => {
    const [started] = events
    const type = started === undefined ? undefined : textAttribute(started, 'workflowType', 'name')
    return type !== undefined && probes.has(type) ? undefined : part(events)
  }

/** Odd, so that hour, day, month, year and even or odd milliseconds all differ. */
const farMs = 400 * 86_400_000 + 7 * 3_600_000 + 13 * 60_000 + 1

export const replayWays: readonly ReplayWay[] = [
  { clock: null, parts: [{ name: '', of: whole }] },
  {
    clock: { aheadMs: farMs, draws: 'high' },
    parts: [{ name: 'if the clock is 400 days ahead', of: unlessProbe(wholeOrLong) }],
  },
  {
    clock: { aheadMs: -farMs, draws: 'low' },
    parts: [
      { name: 'from its first half', of: unlessProbe(firstHalf) },
      { name: 'if the clock is 400 days behind', of: unlessProbe(wholeOrLong) },
    ],
  },
]

/**
 * The history up to a workflow task near its middle: what a worker without a cache is given if it takes over there.
 * Undefined if it has no such place.
 */
export function firstHalf(events: readonly HistoryEvent[]): readonly HistoryEvent[] | undefined {
  return cutAfter(events, Math.ceil(Math.min(events.length, longest) / 2))
}

/** Ends before the first workflow task that was scheduled after so many events; undefined if there is none. */
function cutAfter(events: readonly HistoryEvent[], count: number): readonly HistoryEvent[] | undefined {
  const isOf = (type: string) => (event: HistoryEvent) =>
    event.eventType === `EVENT_TYPE_WORKFLOW_TASK_${type}`
  const completed = events.findIndex(isOf('COMPLETED'))
  const from = Math.max(count, completed + 1)
  const end = events.findIndex((event, index) => index >= from && isOf('SCHEDULED')(event))
  return end === -1 || completed === -1 ? undefined : events.slice(0, end)
}
