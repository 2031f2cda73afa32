// Waits for a moment, or checks that it still lasts.
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
}

/** @throws ChaosError `CHAOS_MOMENT_NOT_REACHED` (kind unmet: a check decides what it means) */
export async function reachMoment(options: MomentStepsOptions, moment: Moment): Promise<void> {
  const { timeline, step } = options
  await step(`reach ${moment.name}`, async () => {
    timeline.mark({ kind: 'awaited', subject: moment.name, ...moment.run })
    const { eventId } = await untilReached(options, moment)
    timeline.mark({ kind: 'moment', ...placeOf(moment), eventId })
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

/** The event with which the moment began, once its source proves it. */
async function untilReached(
  { workflows, observer, deadline }: MomentStepsOptions,
  moment: Moment,
): Promise<HistoryEvent> {
  const { name } = moment
  const waiting = { what: name, code: 'CHAOS_MOMENT_NOT_REACHED', kind: 'unmet', subject: name } as const
  const capture = workflows.captureOf(moment.run)
  const event = await workflows.orPending(capture, (events) => eventOf(moment, events), waiting)
  if (moment.source === 'server-view') await untilSeenByServer(observer, moment, event, deadline, waiting)
  return event
}

function placeOf({ name, run, lasting }: Moment) {
  return { name, ...run, lasting }
}
