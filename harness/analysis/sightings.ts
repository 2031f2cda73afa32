// When each incarnation of a worker was seen at work, by the service and by the ledger. A task that was only given to a
// worker is no sign of life: the service may give it to a poll whose worker has died.
import { eventName, textAttribute, type HistoryEvent } from '../history/event.ts'
import { serverZeroMs } from '../record/header.ts'
import { observationsOf, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { AlignedHistory } from './aligned-history.ts'
import { ownersOf } from './identities.ts'

export interface Sighting {
  /** The incarnation's label, `worker-1#1`. */
  readonly incarnation: string
  readonly atMs: number
  /** As it reads after "the worker": `sent the effect paid (activity 1, attempt 2)`. */
  readonly did: string
  /**
   * A poll, as the service lists it. It also lists when a poll ended, so a poll that was open at a freeze may look
   * newer than the freeze (1.32.2: `PollTask` in service/matching/task_queue_partition_manager.go).
   */
  readonly isPoll?: true
}

/** Events that only a living worker brings about. */
const work: ReadonlySet<string> = new Set([
  'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
  'EVENT_TYPE_WORKFLOW_TASK_FAILED',
  'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
  'EVENT_TYPE_ACTIVITY_TASK_FAILED',
  'EVENT_TYPE_ACTIVITY_TASK_CANCELED',
])

/** In the order of time. */
export function sightingsOf(record: RunRecord, histories: readonly AlignedHistory[]): Sighting[] {
  // In records from before identities were learnt, workers polled by their label.
  const owner = ownersOf(record.timeline, (label) => [label])
  const of = (identity: string | undefined, atMs: number, did: string): Sighting[] => {
    const incarnation = identity === undefined ? undefined : owner(identity, atMs)
    return incarnation === undefined ? [] : [{ incarnation, atMs, did }]
  }
  const inHistories = histories.flatMap(({ workflowId, events, at }) =>
    events.filter(isWork).flatMap((event) => {
      const did = `brought about ${eventName(event)} (event ${event.eventId} of ${workflowId})`
      return of(textAttribute(event, 'identity'), at(event), did)
    }),
  )
  const polls = observationsOf(record, 'pollers').flatMap(({ queue, polls: kind, pollers }) =>
    pollers.flatMap(({ identity, lastAccessWallMs }) =>
      of(identity, lastAccessWallMs - serverZeroMs(record.header), `polled ${queue} for ${kind} tasks`).map(
        (seen) => ({ ...seen, isPoll: true as const }),
      ),
    ),
  )
  return [...inHistories, ...effectsSeen(record), ...polls].toSorted((a, b) => a.atMs - b.atMs)
}

function isWork({ eventType }: HistoryEvent): boolean {
  return work.has(eventType)
}

/** Records from before the ledger knew its callers name only the number, which is enough if the run had one worker. */
function effectsSeen({ timeline, effects }: RunRecord): Sighting[] {
  const names = new Set(entriesOf(timeline, 'incarnation').map(({ worker }) => worker))
  const [only] = names.size === 1 ? names : []
  return effects.flatMap(({ worker = only, incarnation, receivedAtMs, key, activityId, attempt }) =>
    worker === undefined
      ? []
      : [
          {
            incarnation: `${worker}#${incarnation}`,
            atMs: receivedAtMs,
            did: `sent the effect ${key} (activity ${activityId}, attempt ${attempt})`,
          },
        ],
  )
}
