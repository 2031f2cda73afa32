// What a workflow did, counted: events of its history by what they say, without those that differ anyway.
import { eventAttributes, eventName, textAttribute, type HistoryEvent } from '../../history/event.ts'
import { uncountedEvents } from './differences.ts'

/** One label for each event that counts. @param workflow the type of the run */
export function eventLabels(workflow: string, events: readonly HistoryEvent[]): string[] {
  const byId = new Map(events.map((event) => [event.eventId, event]))
  return events
    .filter(({ eventType }) => !uncountedEvents.has(eventType))
    .map((event) => `${eventName(event)} ${subjectOf(event, byId)} of ${workflow}`.replace('  ', ' '))
}

/** Attributes that name what an event is about, in the order in which they are looked for. */
const subjects: readonly (readonly string[])[] = [
  ['activityType', 'name'],
  ['startToFireTimeout'],
  ['signalName'],
  ['acceptedRequest', 'input', 'name'],
  ['markerName'],
  ['workflowType', 'name'],
  ['operation'],
]

/** Attributes with the id of an earlier event that says what an event is about. */
const links = ['scheduledEventId', 'startedEventId', 'acceptedEventId', 'initiatedEventId']

function subjectOf(event: HistoryEvent, byId: ReadonlyMap<string, HistoryEvent>): string {
  for (const path of subjects) {
    const text = textAttribute(event, ...path)
    if (text !== undefined) return text
  }
  for (const link of links) {
    const id = eventAttributes(event)[link]
    const earlier = typeof id === 'string' && id !== event.eventId ? byId.get(id) : undefined
    if (earlier !== undefined) return subjectOf(earlier, byId)
  }
  return ''
}
