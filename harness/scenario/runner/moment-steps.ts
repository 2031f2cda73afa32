// Waits for a moment, or checks that it still lasts.
import { Deadline, type Waiting } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import { markHandled } from '../../core/mark-handled.ts'
import { eventName, eventTimeMs, linkedEvent, type HistoryEvent } from '../../history/event.ts'
import { closingEvent } from '../../history/span.ts'
import { eventOf, momentPassedCode, type Moment, type ServerViewMoment } from '../../moments/moment.ts'
import type { Observer } from '../../temporal/observer.ts'
import type { Step } from '../context.ts'
import type { Workflows } from '../workflows.ts'
import { untilSeenByServer } from './pending-activity.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface MomentStepsOptions {
  readonly timeline: TimelineWriter
  readonly step: Step
  readonly workflows: Pick<Workflows, 'captureOf' | 'orPending'>
  readonly observer: Observer
  readonly deadline: Deadline
}

/**
 * @throws ChaosError `CHAOS_MOMENT_NOT_REACHED`, or `CHAOS_MOMENT_PASSED` if it was over before anything could show it
 *   (kind unmet: a check decides what it means)
 */
export async function reachMoment(options: MomentStepsOptions, moment: Moment): Promise<void> {
  const { timeline, step } = options
  await step(`reach ${moment.name}`, async () => {
    timeline.mark({ kind: 'awaited', subject: moment.name, ...moment.run })
    const { eventId, passed } = await untilReached(options, moment)
    if (passed === undefined) {
      timeline.mark({ kind: 'moment', ...placeOf(moment), eventId })
      return
    }
    timeline.mark({ kind: 'moment-passed', ...placeOf(moment), eventId, tookMs: passed.tookMs })
    throw new ChaosError(
      `waited for ${moment.name}, and the moment came and went: it was over after ${passed.tookMs.toFixed(0)} ms (${passed.by})`,
      { code: momentPassedCode, kind: 'unmet', subject: moment.name },
    )
  })
}

/** @throws ChaosError `CHAOS_MOMENT_NOT_HELD` (kind unmet) */
export async function assertStillIn(options: MomentStepsOptions, moment: Moment): Promise<void> {
  const { timeline, step, workflows } = options
  await step(`check that the moment lasts: ${moment.name}`, async () => {
    const event = eventOf(moment, workflows.captureOf(moment.run).events)
    const atMs = timeline.mark({ kind: 'held', ...placeOf(moment), eventId: event?.eventId ?? null })
    if (event !== undefined && moment.lasting) return
    throw new ChaosError(`${moment.name}: the moment was over ${atMs.toFixed(0)} ms into the run`, {
      code: 'CHAOS_MOMENT_NOT_HELD',
      kind: 'unmet',
    })
  })
}

interface Reached {
  /** Of the event with which the moment began. */
  readonly eventId: string
  /** How the moment ended before it was seen; absent if it was seen. */
  readonly passed?: { readonly tookMs: number; readonly by: string }
}

async function untilReached(options: MomentStepsOptions, moment: Moment): Promise<Reached> {
  const { workflows } = options
  const { name } = moment
  const waiting = { what: name, code: 'CHAOS_MOMENT_NOT_REACHED', kind: 'unmet', subject: name } as const
  const capture = workflows.captureOf(moment.run)
  const event = await workflows.orPending(capture, (events) => eventOf(moment, events), waiting)
  const { eventId } = event
  if (moment.source !== 'server-view') return { eventId }
  const closing = await untilSeenOrOver(options, moment, event, waiting)
  if (closing === undefined) return { eventId }
  const begun = linkedEvent(closing, 'startedEventId', capture.events) ?? event
  const tookMs = eventTimeMs(closing) - eventTimeMs(begun)
  return { eventId, passed: { tookMs, by: eventName(closing) } }
}

/**
 * Waits until the server's view shows the moment, or the history the end of what it depends on.
 * @returns the event that ended it; undefined if the moment was seen
 */
async function untilSeenOrOver(
  { workflows, observer, deadline }: MomentStepsOptions,
  moment: ServerViewMoment,
  scheduled: HistoryEvent,
  waiting: Waiting,
): Promise<HistoryEvent | undefined> {
  const decided = new AbortController()
  const within = Deadline.after(deadline.remainingMs, AbortSignal.any([deadline.signal, decided.signal]))
  const seen = untilSeenByServer(observer, moment, scheduled, within, waiting).then(() => undefined)
  const over = workflows
    .captureOf(moment.run)
    .until((events) => closingEvent(scheduled, events), within, waiting)
  try {
    return await Promise.race([markHandled(seen), markHandled(over)])
  } finally {
    decided.abort(new ChaosError('the wait is over', { code: 'CHAOS_WAIT_OVER' }))
    await Promise.allSettled([seen, over])
  }
}

function placeOf({ name, run, lasting }: Moment) {
  return { name, ...run, lasting }
}
