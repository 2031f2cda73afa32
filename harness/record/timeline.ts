// The timeline: every step, choice, moment, fault and start of a worker in a run, in order, on the run's clock.
import { z } from 'zod'
import { evidenceSchema } from './evidence.ts'
import { probeKindSchema } from './probe-kind.ts'

const at = { atMs: z.number() }

export const exitSchema = z.object({ code: z.number().nullable(), signal: z.string().nullable() })

/** Keys of the effects that come with this outcome and with no other. */
const ownEffects = { effects: z.array(z.string()).optional() }

/** How a workflow can end, over its whole chain of runs. */
export const outcomeSchema = z.discriminatedUnion('status', [
  /** The result is absent for a workflow that returns nothing. */
  z.object({ status: z.literal('completed'), result: z.unknown().optional(), ...ownEffects }),
  /** By its own logic; the message is its failure's. */
  z.object({ status: z.literal('failed'), message: z.string(), ...ownEffects }),
  z.object({ status: z.literal('canceled'), ...ownEffects }),
  z.object({ status: z.literal('terminated'), ...ownEffects }),
  z.object({ status: z.literal('timed-out'), ...ownEffects }),
])
export type Outcome = z.infer<typeof outcomeSchema>

/** What a workflow must come to, whatever happens around it. */
export const goldenSchema = z.object({
  /** Any one of these; empty where the scenario says it when it awaits the end. */
  outcomes: z.array(outcomeSchema),
  /** Keys of the effects that the ledger must have accepted once it completes, besides those of accepted messages. */
  effects: z.array(z.string()),
})
export type Golden = z.infer<typeof goldenSchema>

export const choiceValueSchema = z.union([z.string(), z.number(), z.boolean()])
export type ChoiceValue = z.infer<typeof choiceValueSchema>

export const timelineEntrySchema = z.discriminatedUnion('kind', [
  z.object({ ...at, kind: z.literal('step'), step: z.number().int(), name: z.string() }),
  z.object({ ...at, kind: z.literal('choice'), name: z.string(), value: choiceValueSchema }),
  z.object({
    ...at,
    kind: z.literal('workflow'),
    workflowId: z.string(),
    runId: z.string(),
    workflow: z.string(),
    /** Started by the scenario, or by one of its workflows: the next run of its chain, or a child. */
    origin: z.enum(['scenario', 'probe', 'chain', 'child']),
    /** The run that it came from; null where nothing but the harness started it. */
    fromRunId: z.string().nullable(),
    /** Null where the run that it came from answers for it. */
    golden: goldenSchema.nullable(),
  }),
  /** Something that the scenario says must be so. */
  z.object({ ...at, kind: z.literal('claim'), sentence: z.string(), isSo: z.boolean() }),
  /** What the scenario says that a workflow must have come to. */
  z.object({
    ...at,
    kind: z.literal('expected'),
    workflowId: z.string(),
    runId: z.string(),
    outcomes: z.array(outcomeSchema),
  }),
  /** A signal or update leaves for the service; the tries of one message share its id. */
  z.object({
    ...at,
    kind: z.literal('sent'),
    messageId: z.string(),
    what: z.enum(['signal', 'update']),
    name: z.string(),
    sender: z.string(),
    /** Of this sender's messages to this workflow, from 1: each leaves once the one before was answered. */
    number: z.number().int(),
    workflowId: z.string(),
    runId: z.string(),
    /** Keys of the effects that it brings about once it is accepted. */
    effects: z.array(z.string()),
  }),
  /**
   * Something that the harness asked for once all that was struck was up again, and its settlement: what a client would
   * have had to wait.
   */
  z.object({
    ...at,
    kind: z.literal('probe'),
    /** Number of the newest fault before it, from 1. */
    faultIndex: z.number().int(),
    probe: probeKindSchema,
    workflowId: z.string(),
    runId: z.string(),
    askedMs: z.number(),
  }),
  /** The service's answer to a message; without one nobody knows whether it was accepted. An update that failed was. */
  z.object({
    ...at,
    kind: z.literal('answered'),
    messageId: z.string(),
    answer: z.enum(['accepted', 'rejected', 'failed']),
    detail: z.string().optional(),
  }),
  z.object({
    ...at,
    kind: z.literal('moment'),
    name: z.string(),
    workflowId: z.string(),
    runId: z.string(),
    /** The event that brought the moment. */
    eventId: z.string(),
    /** The moment lasts only while what this event opened is open (see history-span.ts). */
    lasting: z.boolean(),
  }),
  /** The scenario claims that a lasting moment lasts at this instant; no event where it saw none. */
  z.object({
    ...at,
    kind: z.literal('held'),
    name: z.string(),
    workflowId: z.string(),
    runId: z.string(),
    eventId: z.string().nullable(),
    lasting: z.boolean(),
  }),
  z.object({
    ...at,
    kind: z.literal('fault'),
    fault: z.number().int(),
    name: z.string(),
    target: z.string(),
  }),
  z.object({
    ...at,
    kind: z.literal('fault-confirmed'),
    fault: z.number().int(),
    evidence: evidenceSchema,
  }),
  /** The server counted an activity as running right after a worker was struck: history never tells of a lost attempt. */
  z.object({
    ...at,
    kind: z.literal('running-activity'),
    faultIndex: z.number().int(),
    workflowId: z.string(),
    runId: z.string(),
    activityId: z.string(),
    attempt: z.number().int(),
    /** By the server's clock, in milliseconds since the epoch. */
    startedWallMs: z.number(),
    heartbeatWallMs: z.number().nullable(),
  }),
  z.object({
    ...at,
    kind: z.literal('incarnation'),
    worker: z.string(),
    incarnation: z.number().int(),
    identity: z.string(),
    pid: z.number().int(),
    phase: z.enum(['spawned', 'ready']),
  }),
  /** The service lists a worker that was up all along as a poller again: a server that was started knows none. */
  z.object({ ...at, kind: z.literal('polling'), worker: z.string(), identity: z.string() }),
  z.object({ ...at, kind: z.literal('serving'), target: z.string(), evidence: evidenceSchema }),
  z.object({
    ...at,
    kind: z.literal('exited'),
    worker: z.string(),
    incarnation: z.number().int(),
    identity: z.string(),
    pid: z.number().int(),
    exit: exitSchema,
    /** The harness asked for it. */
    planned: z.boolean(),
  }),
  z.object({
    ...at,
    kind: z.literal('error'),
    code: z.string(),
    errorKind: z.enum(['usage', 'harness', 'assumption', 'liveness', 'safety']),
    message: z.string(),
    hint: z.string().optional(),
  }),
  z.object({ ...at, kind: z.literal('observer-gap'), workflowId: z.string(), message: z.string() }),
  z.object({ ...at, kind: z.literal('ended') }),
  /** The server set a workflow's own clock forward: the scenario asked it to. */
  z.object({
    ...at,
    kind: z.literal('time-skipped'),
    workflowId: z.string(),
    runId: z.string(),
    /** As asked: what may be skipped altogether. */
    durationMs: z.number(),
    /** By the first skip, as the history has it. */
    skippedMs: z.number(),
  }),
])
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

type Kind = TimelineEntry['kind']
export type EntryOf<K extends Kind> = Extract<TimelineEntry, { kind: K }>

/** The entries of one kind, in order. */
export function entriesOf<K extends Kind>(timeline: readonly TimelineEntry[], kind: K): EntryOf<K>[] {
  return timeline.filter((entry): entry is EntryOf<K> => entry.kind === kind)
}
