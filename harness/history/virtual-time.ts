// The virtual time of a workflow for which the server skipped time. From a skip on, its events carry the
// workflow's clock: the wall clock plus everything skipped so far, also in the runs that this one continues.
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
  /** The workflow's clock before and after the skip, in milliseconds since the epoch. */
  readonly fromMs: number
  readonly untilMs: number
}

/** The skips of a history, in order. A transition that only ends the skipping is not a skip. */
export function skipsOf(events: Events): Skip[] {
  return events.flatMap((event) => {
    if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED') return []
    const target = textAttribute(event, 'targetTime')
    // The attribute `wallClockTime` is no help: the server (1.32.2) fills it from the workflow's clock.
    return target === undefined ? [] : [{ event, fromMs: eventTimeMs(event), untilMs: timestampMs(target) }]
  })
}

/** The time that the server skipped in one history, without the time that its run inherited. */
export function skippedMsIn(events: Events): number {
  return total(skipsOf(events))
}

export interface VirtualClock {
  /** The wall clock's time of an event. */
  wallMs(event: HistoryEvent): number
  /** The workflow's clock at an event. Its timers and timeouts follow this clock. */
  virtualMs(event: HistoryEvent): number
  /**
   * The wall clock at the moment when the workflow's clock reached `virtualMs`: the time of the skip if one
   * passed it.
   */
  wallWhenMs(virtualMs: number): number
  /** How far the workflow's clock is ahead of the wall clock at the end. */
  readonly aheadMs: number
}

/** The clock of a workflow by its history; it equals the wall clock if nothing was skipped. */
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

/** The time skipped in the run before, or by the parent: the run's clock starts ahead by this much. */
function inheritedMsOf([first]: Events): number {
  if (first === undefined) return 0
  const { timeSkippingStatePropagation: inherited } = inheritedSchema.parse(eventAttributes(first))
  return inherited?.initialSkippedDuration ?? 0
}

/**
 * The server (1.32.2, measured) stamps the first event of a child or retried run by the wall clock, although
 * the run's clock starts ahead. It does not do so for a continued run. No first event can be later than the
 * second.
 */
function isStampedByWall([first, second]: Events, inheritedMs: number): boolean {
  return (
    first !== undefined && second !== undefined && eventTimeMs(first) <= eventTimeMs(second) - inheritedMs
  )
}
