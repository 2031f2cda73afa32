// A record in which each part of the state has something to compare, for the tests of golden runs.
import { comparableStateOf } from '../../harness/analysis/golden/project.ts'
import type { HistoryEvent } from '../../harness/history/event.ts'
import type { Effect } from '../../harness/record/effect.ts'
import type { RunRecord } from '../../harness/record/record.ts'
import type { TimelineEntry } from '../../harness/record/timeline.ts'
import { activityTask, call, recordWithCalls } from './effect-record.ts'
import { event } from './stored-record.ts'

/** What differs from the usual record. */
export interface GoldenRecordParts {
  /** The run's own part of its ids. @default 's-1' */
  readonly runQueue?: string
  readonly result?: unknown
  /** Its result as it is encoded. @default the result in JSON */
  readonly resultPayload?: object
  /** @default 'Completed' */
  readonly endsWith?: 'Completed' | 'Failed'
  readonly answer?: unknown
  readonly memo?: unknown
  readonly attribute?: unknown
  /** Activities that the workflow asks for. @default 1 */
  readonly activities?: number
  readonly effects?: readonly Effect[]
  readonly childEnd?: 'Completed' | 'Failed'
  readonly hasChild?: boolean
  readonly isOpen?: boolean
  /** Events in between that say nothing of the state. */
  readonly noise?: readonly HistoryEvent[]
  /** An activity that was never waited for. */
  readonly leavesOpen?: boolean
  /** The workflow continued as new once before its end. */
  readonly continues?: boolean
}

const child = { workflowId: 'w-child', runId: 'rc' }

const encoded = (value: unknown) => ({
  metadata: { encoding: btoa('json/plain') },
  data: btoa(JSON.stringify(value)),
})

export function goldenRecord(parts: GoldenRecordParts = {}): RunRecord {
  const {
    runQueue = 's-1',
    hasChild = true,
    continues = false,
    answer = { done: 2, by: ['ana', 'ben'] },
  } = parts
  const workflowId = `${runQueue}-demo-1`
  const effects = parts.effects ?? [{ ...call, key: `${workflowId}/paid`, workflowId }]
  const record = recordWithCalls([], effects, [{ key: `${workflowId}/paid` }])
  const root = { workflowId, runId: 'r' }
  const timeline: TimelineEntry[] = [
    ...record.timeline
      .filter(({ kind }) => kind !== 'ended')
      .map((entry) => (entry.kind === 'workflow' ? { ...entry, ...root } : entry)),
    ...(continues ? [laterRun({ workflowId, runId: 'r2', origin: 'chain' })] : []),
    ...(hasChild ? [laterRun({ ...child, workflow: 'mail', origin: 'child' })] : []),
    {
      kind: 'queried',
      atMs: 9_000,
      ...root,
      query: 'progress',
      by: 'harness',
      askedMs: 8_900,
      outcome: 'answered',
      answer,
    },
    { kind: 'ended', atMs: 10_000 },
  ]
  const last = continues ? { workflowId, runId: 'r2' } : root
  const first = [
    event(1, 1, 'WorkflowExecutionStarted'),
    event(999, 4_900, 'WorkflowExecutionContinuedAsNew', { newExecutionRunId: 'r2' }),
  ]
  return {
    ...record,
    timeline,
    observations: [
      ...(continues ? [{ kind: 'history' as const, ...root, events: first }] : []),
      { kind: 'history', ...last, events: workEvents(parts) },
      ...(hasChild
        ? [
            {
              kind: 'history' as const,
              ...child,
              events: [event(1, 3_000, `WorkflowExecution${parts.childEnd ?? 'Completed'}`)],
            },
          ]
        : []),
      { kind: 'clock', errorMs: 1 },
    ],
  }
}

function laterRun(run: { workflowId: string; runId: string; workflow?: string; origin: 'chain' | 'child' }) {
  return { kind: 'workflow' as const, atMs: 2, workflow: 'demo', fromRunId: 'r', golden: null, ...run }
}

function workEvents(parts: GoldenRecordParts): HistoryEvent[] {
  const { activities = 1, memo = 'b', attribute = 7, result = { paid: true }, isOpen = false } = parts
  const { resultPayload = encoded(result), endsWith = 'Completed' } = parts
  return [
    event(1, 1, 'WorkflowExecutionStarted', { memo: { fields: { note: encoded('a') } } }),
    ...Array.from({ length: activities }, (_, at) => activityTask(at + 1)).flat(),
    event(901, 4_000, 'WorkflowPropertiesModified', { upsertedMemo: { fields: { note: encoded(memo) } } }),
    event(902, 4_000, 'UpsertWorkflowSearchAttributes', {
      searchAttributes: { indexedFields: { Stage: encoded(attribute) } },
    }),
    ...(parts.noise ?? []),
    ...(parts.leavesOpen === true ? activityTask(80).slice(0, 1) : []),
    ...(isOpen
      ? []
      : [event(999, 5_000, `WorkflowExecution${endsWith}`, { result: { payloads: [resultPayload] } })]),
  ]
}

/** The run's record, with the golden run that it is held against. */
export function heldAgainst(golden: RunRecord, record: RunRecord): RunRecord {
  const state = comparableStateOf(golden)
  const reference = { kind: 'golden' as const, folder: 'golden/s/1', sealSha256: '0'.repeat(64), state }
  return { ...record, observations: [reference, ...record.observations] }
}
