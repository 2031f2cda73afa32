// Local activities run inside a workflow task. A history has no task for them, only a marker with their outcome.
import { defaultPayloadConverter } from '@temporalio/common'
import { JSONToPayload, type JSONPayload } from '@temporalio/common/lib/proto-utils.js'
import { eventAttributes, fieldIn, textAttribute, type HistoryEvent } from './event.ts'

/** The names that the SDKs give to the marker: those on the Rust core, and Go and Java. */
const markerNames = new Set(['core_local_activity', 'LocalActivity'])

/** Where the SDKs keep the activity's id: in a payload of the marker, or in a field of that. */
const places = [
  ['data', 'activity_id'],
  ['data', 'ActivityID'],
  ['activityId'],
] as const satisfies readonly (readonly [payload: string, field?: string])[]

export interface LocalActivities {
  /** Ids of those whose outcome the history has. */
  readonly ids: ReadonlySet<string>
  /** Whether the marker of another one does not tell its id, as if a codec hides it. */
  readonly hasUnreadable: boolean
}

export function localActivitiesOf(events: readonly HistoryEvent[]): LocalActivities {
  const markers = events.filter((event) => markerNames.has(textAttribute(event, 'markerName') ?? ''))
  const ids = markers.map(activityIdOf)
  return {
    ids: new Set(ids.filter((id) => id !== undefined)),
    hasUnreadable: ids.includes(undefined),
  }
}

function activityIdOf(marker: HistoryEvent): string | undefined {
  const details = fieldIn(eventAttributes(marker), 'details')
  for (const [payload, ...field] of places) {
    const id = fieldIn(read(fieldIn(details, payload, 'payloads')), ...field)
    if (typeof id === 'string') return id
  }
  return undefined
}

/** The first payload; undefined if there is none that the default converter can read. */
function read(payloads: unknown): unknown {
  const [first] = Array.isArray(payloads) ? (payloads as JSONPayload[]) : []
  try {
    return first === undefined ? undefined : defaultPayloadConverter.fromPayload(JSONToPayload(first))
  } catch {
    return undefined // the payload is encoded by a converter of the worker's own
  }
}
