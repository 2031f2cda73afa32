// A history as the service stores it: events 1 to n, the start first, one end last, and every link to an event
// that is there.
import {
  eventAttributes,
  eventName,
  eventNumber,
  isClosing,
  isDurable,
  textAttribute,
  type HistoryEvent,
} from '../../history/event.ts'
import { nextRunId, startedBy } from '../../history/chain.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { finalHistory, observationsOf, type RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import { doubled } from './header.ts'
import { hasOwnAttributes } from './own-attributes.ts'
import { misnumbered } from './timeline.ts'

export function historyDamage(record: RunRecord, histories: readonly AlignedHistory[]): string[] {
  const read = observationsOf(record, 'history')
  return [
    ...doubled(read.map(({ runId }) => runId)).map((runId) => `the history of run ${runId} is there twice`),
    ...histories.flatMap((history) =>
      [...eventDamage(history), ...linkDamage(history.events)].map(
        (what) => `the history of ${history.workflowId}: ${what}`,
      ),
    ),
    ...histories.flatMap((history) => startDamage(history, record)),
  ]
}

function eventDamage({ events, runId }: AlignedHistory): string[] {
  const [first] = events
  if (first === undefined) return ['nothing was read']
  const durable = events.filter(isDurable)
  const transientAt = events.findIndex((event) => !isDurable(event))
  const tasks = durable.map(({ taskId }) => Number(taskId))
  const ends = durable.filter(isClosing)
  const own = textAttribute(first, 'originalExecutionRunId')
  return [
    ...misnumbered(events.map(eventNumber)).map(([place, id]) => `event ${place} carries id ${id}`),
    ...tasks.flatMap((task, at) =>
      task > (tasks[at - 1] ?? 0) ? [] : [`event ${at + 1} was stored before event ${at}`],
    ),
    ...(transientAt === -1 || transientAt === durable.length
      ? []
      : ['an event in the middle was never stored']),
    ...(first.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED'
      ? []
      : [`it begins with ${eventName(first)}`]),
    ...(own === undefined || own === '' || own === runId ? [] : [`it is that of run ${own}`]),
    ...(ends.length > 1 ? [`the workflow ended ${ends.length} times`] : []),
    ...(ends.length === 1 && durable.at(-1) !== ends[0] ? ['something happened after its end'] : []),
    ...events
      .filter((event) => !hasOwnAttributes(event))
      .map((event) => `event ${event.eventId} is a ${eventName(event)} with the content of another event`),
  ]
}

const links = ['scheduledEventId', 'startedEventId', 'initiatedEventId', 'workflowTaskCompletedEventId', 'acceptedEventId', 'markerRecordedEventId'] // prettier-ignore

/** Links to an event that is not there, or that comes later. */
function linkDamage(events: readonly HistoryEvent[]): string[] {
  const ids = new Set(events.map(({ eventId }) => eventId))
  return events.flatMap((event) => {
    const attributes = eventAttributes(event)
    return links.flatMap((link) => {
      const to = attributes[link]
      if (typeof to !== 'string' || to === '0') return []
      if (ids.has(to) && Number(to) < eventNumber(event)) return []
      return [`event ${event.eventId} ${eventName(event)} refers to event ${to}, which is not before it`]
    })
  })
}

/** A run is on the timeline if, and only if, the harness or a history of the record started it. */
function startDamage({ workflowId, runId, events }: AlignedHistory, record: RunRecord): string[] {
  const workflows = entriesOf(record.timeline, 'workflow')
  const entry = workflows.find((one) => one.runId === runId)
  const [first] = events
  const type = first === undefined ? undefined : textAttribute(first, 'workflowType', 'name')
  const from = finalHistory(record, entry?.fromRunId ?? '')
  const isStarted =
    entry?.fromRunId === null ||
    from.some((event) => startedBy({ workflowId, runId: entry?.fromRunId ?? '' }, event)?.runId === runId)
  const next = events.find(isClosing)
  const nextId = next === undefined ? undefined : nextRunId(next)
  return [
    ...(type === undefined || entry === undefined || entry.workflow === '' || isSameType(entry.workflow, type)
      ? []
      : [`${workflowId} is a ${type}, and was started as ${entry.workflow}`]),
    ...(isStarted ? [] : [`no history says that run ${runId} of ${workflowId} was started`]),
    ...(nextId === undefined || workflows.some((one) => one.runId === nextId)
      ? []
      : [`${workflowId} went on as run ${nextId}, which is not on the timeline`]),
  ]
}

/** Records of schema 1 have other names of the probes' types. */
function isSameType(told: string, type: string): boolean {
  return told === type || (told.startsWith('probe') && ['errand', 'bystander'].includes(type))
}
