// Records of a workflow whose activities call the ledger, for the tests of everything that judges effects.
import type { HistoryEvent } from '../../harness/history/event.ts'
import type { Effect } from '../../harness/record/effect.ts'
import type { EffectPromise } from '../../harness/record/expected-effect.ts'
import type { RunRecord } from '../../harness/record/record.ts'
import type { TimelineEntry } from '../../harness/record/timeline.ts'
import { event, killed, recordOf } from './stored-record.ts'

/** Two incarnations of `worker-1`: the first one dies at 3,000 ms, the second one is ready at 3,500 ms. */
export const twoIncarnations: readonly TimelineEntry[] = killed(3_000, 3_500).map((entry) =>
  entry.kind === 'incarnation' ? { ...entry, identities: [entry.identity] } : entry,
)

interface ActivityTimes {
  /** @default 1 */
  readonly attempt?: number
  /** The incarnation that ran the last attempt. @default 1 */
  readonly incarnation?: number
  readonly scheduledMs?: number
  readonly startedMs?: number
  readonly completedMs?: number
}

/** An activity task from 1,000 to 1,100 ms; its events have the numbers 10, 11 and 12 for the first id, and so on. */
export function activityTask(id: number, times: ActivityTimes = {}): HistoryEvent[] {
  const { attempt = 1, incarnation = 1 } = times
  const { scheduledMs = 1_000, startedMs = scheduledMs + 20, completedMs = startedMs + 80 } = times
  const scheduledEventId = String(id * 10)
  return [
    event(id * 10, scheduledMs, 'ActivityTaskScheduled', {
      activityId: String(id),
      activityType: { name: 'charge' },
    }),
    event(id * 10 + 1, startedMs, 'ActivityTaskStarted', {
      scheduledEventId,
      attempt,
      identity: `worker-1#${incarnation}`,
    }),
    event(id * 10 + 2, completedMs, 'ActivityTaskCompleted', {
      scheduledEventId,
      startedEventId: String(id * 10 + 1),
    }),
  ]
}

const payload = (value: unknown) => ({
  payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa(JSON.stringify(value)) }],
})

/** The marker of a local activity of an SDK on the Rust core. */
export function localActivity(id: number, atMs: number): HistoryEvent {
  const data = { seq: id, attempt: 1, activity_id: String(id), activity_type: 'charge' }
  return event(id * 10, atMs, 'MarkerRecorded', {
    markerName: 'core_local_activity',
    details: { data: payload(data), result: payload('done') },
  })
}

export const workflowCompleted = event(99, 9_000, 'WorkflowExecutionCompleted', {})

/** A call of activity 1 in its first attempt, by the first incarnation, at 1,050 ms: accepted under `paid`. */
export const call: Effect = {
  key: 'paid',
  workflowId: 'w',
  runId: 'r',
  activityId: '1',
  attempt: 1,
  worker: 'worker-1',
  incarnation: 1,
  payload: null,
  sequence: 1,
  receivedAtMs: 1_050,
  outcome: 'new',
}

/** The same call again, as the second one that the ledger gets. */
export const again: Effect = { ...call, sequence: 2, outcome: 'repeat' }

/** @param promises what the workflow's workload promises; by default that `paid` is accepted */
export function recordWithCalls(
  events: readonly HistoryEvent[],
  effects: readonly Effect[],
  promises: readonly EffectPromise[] = [{ key: 'paid' }],
): RunRecord {
  const record = recordOf([...events, workflowCompleted], twoIncarnations)
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow'
      ? { ...entry, golden: { outcomes: [{ status: 'completed' as const }], effects: [...promises] } }
      : entry,
  )
  return { ...record, timeline, effects: [...effects] }
}

/** The same record, of workflows of which nobody says which effects they have. */
export function undeclared(record: RunRecord): RunRecord {
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow' && entry.golden !== null
      ? { ...entry, golden: { ...entry.golden, effects: [], anyEffects: true as const } }
      : entry,
  )
  return { ...record, timeline }
}
