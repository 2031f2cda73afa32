// What a run without faults shows of a workload: how its workflow ends, its moments, and what the workers poll.
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { analyse } from '../../analysis/analyse.ts'
import { failingTypes } from '../../analysis/failed-attempts.ts'
import { activityWaits } from '../../analysis/usual-waits.ts'
import type { WorkflowChain } from '../../analysis/workflow-chain.ts'
import { outcomeOf } from '../../checks/outcome.ts'
import { spansOf, type Span } from '../../history/span.ts'
import { textAttribute, timestampMs } from '../../history/event.ts'
import { finalHistory, observationsOf, type RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import { outcomeSchema, type Outcome } from '../../record/timeline/outcome.ts'
import { taskKinds } from '../../worker/worker-variables.ts'
import { sentKeys } from './explored-effects.ts'
import { leftRows } from './explored-rows.ts'
import { momentKinds } from './moments.ts'

/** A moment that lasts less cannot be met from outside with certainty. */
export const shortestMs = 200

const exploredMomentSchema = z.object({
  /** `timer-1`, `activity-2`, `child-1`. */
  name: z.string(),
  /** The activity's or the child's type; absent for a timer. */
  of: z.string().optional(),
  lastsMs: z.number(),
})

export const exploredSchema = z.object({
  /** The configuration that it was explored with. */
  version: z.string(),
  workload: z.string(),
  /** The ends of the workflows that were started in turn, with the id of each. */
  ends: z.array(
    z.object({
      workflowId: z.string(),
      outcome: outcomeSchema.nullable(),
      /** Of the effects that it sent; absent if that is not known. */
      keys: z.array(z.string()).optional(),
      /** Of the rows that it left, by the name of their query; absent in earlier versions. */
      rows: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ),
  durationMs: z.number(),
  moments: z.array(exploredMomentSchema),
  /** Types of activities and workflows of which attempts failed although there was no fault. */
  failing: z.array(z.string()).optional(),
  /** The longest that an activity waited for a worker, in milliseconds by its type. */
  activityWaitsMs: z.record(z.string(), z.number()).optional(),
  /** By worker: the queues it was seen to poll, and what for. */
  queues: z.record(z.string(), z.array(z.object({ name: z.string(), polls: z.array(z.enum(taskKinds)) }))),
})
export type Explored = z.infer<typeof exploredSchema>
export type ExploredMoment = z.infer<typeof exploredMomentSchema>

/** @param record of a run of the workload's exploring scenario */
export function exploredFrom(record: RunRecord, workload: string, version: string): Explored {
  const started = entriesOf(record.timeline, 'workflow').filter(({ origin }) => origin === 'scenario')
  const { chains, histories } = analyse(record)
  const ends = started.map(({ workflowId, runId }) => {
    const chain = chains.find(({ root }) => root.runId === runId)
    const keys = sentKeys(record, { workflowId, runId })
    const end = {
      workflowId,
      outcome: chain === undefined ? null : endOf(chain),
      rows: leftRows(record, workflowId),
    }
    return keys === undefined ? end : { ...end, keys }
  })
  const [first] = started
  const events = first === undefined ? [] : finalHistory(record, first.runId)
  const timesMs = events.map(({ eventTime }) => timestampMs(eventTime))
  return {
    version,
    workload,
    ends,
    durationMs: Math.max(0, ...timesMs) - (timesMs[0] ?? 0),
    moments: momentsOf(spansOf(events), Math.max(0, ...timesMs)),
    failing: failingTypes({ record, histories }),
    activityWaitsMs: activityWaits(histories),
    queues: queuesSeen(record),
  }
}

/** Of an end that only the worker can read, its status is all that others can be held against. */
function endOf(chain: WorkflowChain): Outcome | null {
  const outcome = outcomeOf(chain)
  if (outcome === undefined) return null
  return chain.closingPayload?.kind === 'unreadable' ? anyOf(outcome) : outcome
}

/** @param endMs of the workflow: what is open then, such as a timer that nobody waited for, lasted until then */
function momentsOf(spans: readonly Span[], endMs: number): ExploredMoment[] {
  const counts = new Map<string, number>()
  return spans.flatMap(({ kind, opened, closed }) => {
    const known = momentKinds.find(({ span }) => span === kind)
    if (known === undefined) return []
    const nth = (counts.get(kind) ?? 0) + 1
    counts.set(kind, nth)
    const type = known.typeField === null ? undefined : textAttribute(opened, known.typeField, 'name')
    const closedMs = closed === undefined ? endMs : timestampMs(closed.eventTime)
    const lastsMs = closedMs - timestampMs(opened.eventTime)
    return [{ name: `${known.name}-${nth}`, ...(type === undefined ? {} : { of: type }), lastsMs }]
  })
}

/** By worker: the queues it was seen to poll, and what for. */
export function queuesSeen(record: RunRecord): Explored['queues'] {
  const seen = observationsOf(record, 'pollers')
  const ready = entriesOf(record.timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
  return Object.fromEntries(
    ready.map(({ worker, identities = [], taskQueues = [] }) => [
      worker,
      taskQueues.map(({ name }) => ({
        name,
        polls: taskKinds.filter((kind) =>
          seen.some(
            ({ queue, polls, pollers }) =>
              queue === name &&
              polls === kind &&
              pollers.some(({ identity }) => identities.includes(identity)),
          ),
        ),
      })),
    ]),
  )
}

/**
 * How the workflow with this id must end: as the explored ones did, with this id in place of theirs. If they
 * ended differently, only the status counts. Undefined if they do not agree on that, or none has ended.
 */
export function expectedEnd({ ends }: Pick<Explored, 'ends'>, workflowId: string): Outcome | undefined {
  const outcomes = ends.map(({ outcome, workflowId: theirs }) => renamed(outcome, theirs, workflowId))
  const [first, ...others] = outcomes
  if (first === undefined || first === null) return undefined
  if (others.every((other) => isDeepStrictEqual(other, first))) return first
  return others.every((other) => other?.status === first.status) ? anyOf(first) : undefined
}

function anyOf(outcome: Outcome): Outcome {
  if (outcome.status === 'completed') return { status: 'completed', anyValue: true }
  return outcome.status === 'failed' ? { ...outcome, message: '', anyValue: true } : outcome
}

function renamed(outcome: Outcome | null, from: string, to: string): Outcome | null {
  const inTexts = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(from, to) : value
  return outcomeSchema.nullable().parse(JSON.parse(JSON.stringify(outcome), inTexts))
}
