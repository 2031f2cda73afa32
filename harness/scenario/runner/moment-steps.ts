// Waiting for a moment, and asking whether it still lasts.
import type { Deadline } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import type { HistoryEvent } from '../../history/event.ts'
import { eventOf, type Moment } from '../../moments/moment.ts'
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
  /** How many faults were injected so far. */
  readonly faultCount: () => number
}

/** @throws ChaosError `CHAOS_MOMENT_NOT_REACHED` */
export async function reachMoment(options: MomentStepsOptions, moment: Moment): Promise<void> {
  const { timeline, step, faultCount } = options
  await step(`reach ${moment.name}`, async () => {
    // Before a fault a moment that does not come leaves the promise untested; after one it is what was promised.
    const kind = faultCount() === 0 ? 'assumption' : 'liveness'
    const { eventId } = await untilReached(options, moment, kind)
    timeline.mark({ kind: 'moment', ...placeOf(moment), eventId })
  })
}

/** @throws ChaosError `CHAOS_MOMENT_NOT_HELD` (kind assumption) */
export async function assertStillIn(options: MomentStepsOptions, moment: Moment): Promise<void> {
  const { timeline, step, workflows } = options
  await step(`assume ${moment.name}, still`, async () => {
    const event = eventOf(moment, workflows.captureOf(moment.run).events)
    const atMs = timeline.mark({ kind: 'held', ...placeOf(moment), eventId: event?.eventId ?? null })
    if (event !== undefined && moment.lasting) return
    throw new ChaosError(`${moment.name}: not so ${atMs.toFixed(0)} ms into the run`, {
      code: 'CHAOS_MOMENT_NOT_HELD',
      kind: 'assumption',
    })
  })
}

/** The event that the moment began with, once its source proves it. */
async function untilReached(
  { workflows, observer, deadline }: MomentStepsOptions,
  moment: Moment,
  kind: 'assumption' | 'liveness',
): Promise<HistoryEvent> {
  const waiting = { what: moment.name, code: 'CHAOS_MOMENT_NOT_REACHED', kind } as const
  const capture = workflows.captureOf(moment.run)
  const event = await workflows.orPending(capture, (events) => eventOf(moment, events), waiting)
  if (moment.source === 'server-view') await untilSeenByServer(observer, moment, event, deadline, kind)
  return event
}

function placeOf({ name, run, lasting }: Moment) {
  return { name, ...run, lasting }
}
