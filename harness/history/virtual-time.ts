// The virtual time of a workflow of which the server has skipped some: from a skip on, its events bear the time of the
// workflow's own clock, which is ahead of the wall clock by all that was skipped before, in this run or in those it came from.
import { z } from 'zod'
import { durationSchema } from './duration-attribute.ts'
import {
  eventAttributes,
  eventNumber,
  eventTimeMs,
  textAttribute,
  timestampMs,
  type HistoryEvent,
} from './event.ts'

type Events = readonly HistoryEvent[]

export interface Skip {
  readonly event: HistoryEvent
  /** What the workflow's clock showed before and after, in milliseconds since the epoch. */
  readonly fromMs: number
  readonly untilMs: number
}

/** The skips of a history, in order. A transition that only ends the skipping is none. */
export function skipsOf(events: Events): Skip[] {
  return events.flatMap((event) => {
    if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED') return []
    const target = textAttribute(event, 'targetTime')
    // Not the attribute `wallClockTime`: the server (1.32.2) fills it from the workflow's clock.
    return target === undefined ? [] : [{ event, fromMs: eventTimeMs(event), untilMs: timestampMs(target) }]
  })
}

/** What the server skipped in one history, without what its run inherited. */
export function skippedMsIn(events: Events): number {
  return total(skipsOf(events))
}

export interface VirtualClock {
  /** The wall clock's time of an event. */
  wallMs(event: HistoryEvent): number
  /** The workflow's clock's time of an event: what its durations are counted by. */
  virtualMs(event: HistoryEvent): number
  /** The wall clock's time when the workflow's clock came to show this: that of the skip where one led past it. */
  wallWhenMs(virtualMs: number): number
  /** By how much the workflow's clock is ahead in the end. */
  readonly aheadMs: number
}

/** The clock of a workflow as its history shows it; that of the wall where nothing was skipped. */
export function virtualClockOf(events: Events): VirtualClock {
  const skips = skipsOf(events)
  const inheritedMs = inheritedMsOf(events)
  const aheadAfter = (isOver: (skip: Skip) => boolean) => inheritedMs + total(skips.filter(isOver))
  const aheadAt = (event: HistoryEvent) => aheadAfter((skip) => eventNumber(skip.event) < eventNumber(event))
  const startedByWall = inheritedMs > 0 && isStampedByWall(events, inheritedMs)
  const isByWall = (event: HistoryEvent) => startedByWall && event.eventId === events[0]?.eventId
  const wallMs = (event: HistoryEvent) => eventTimeMs(event) - (isByWall(event) ? 0 : aheadAt(event))
  return {
    wallMs,
    virtualMs: (event) => eventTimeMs(event) + (isByWall(event) ? aheadAt(event) : 0),
    wallWhenMs(virtualMs) {
      const past = skips.find(({ fromMs, untilMs }) => fromMs < virtualMs && virtualMs <= untilMs)
      return past === undefined
        ? virtualMs - aheadAfter(({ untilMs }) => untilMs < virtualMs)
        : wallMs(past.event)
    },
    aheadMs: aheadAfter(() => true),
  }
}

function total(skips: readonly Skip[]): number {
  return skips.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
}

const inheritedSchema = z.object({
  timeSkippingStatePropagation: z.object({ initialSkippedDuration: durationSchema.default(0) }).optional(),
})

/** What was skipped in the run before, or by the parent: the run's clock starts ahead by as much. */
function inheritedMsOf([first]: Events): number {
  if (first === undefined) return 0
  const { timeSkippingStatePropagation: inherited } = inheritedSchema.parse(eventAttributes(first))
  return inherited?.initialSkippedDuration ?? 0
}

/**
 * The first event of a child or of a retried run bears the wall clock's time though its clock starts ahead (server 1.32.2,
 * measured), that of a run that continues another does not. It cannot have been after the second.
 */
function isStampedByWall([first, second]: Events, inheritedMs: number): boolean {
  return (
    first !== undefined && second !== undefined && eventTimeMs(first) <= eventTimeMs(second) - inheritedMs
  )
}
