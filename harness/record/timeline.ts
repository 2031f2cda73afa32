// The timeline: every step, choice, moment, fault and start of a worker in a run, in order, on the run's clock.
import { z } from 'zod'
import { evidenceSchema } from './evidence.ts'

const at = { atMs: z.number() }

export const exitSchema = z.object({ code: z.number().nullable(), signal: z.string().nullable() })

/** What a workflow must come to, whatever happens around it. */
export const goldenSchema = z.object({
  /** Absent for a workflow that returns nothing. */
  result: z.unknown().optional(),
  /** Keys of the effects that the world must have accepted, once each and no others. */
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
    golden: goldenSchema,
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
  /** The story claims that a lasting moment lasts at this instant; no event where it saw none. */
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
  z.object({
    ...at,
    kind: z.literal('incarnation'),
    worker: z.string(),
    incarnation: z.number().int(),
    identity: z.string(),
    pid: z.number().int(),
    phase: z.enum(['spawned', 'ready']),
  }),
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
])
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

type Kind = TimelineEntry['kind']
export type EntryOf<K extends Kind> = Extract<TimelineEntry, { kind: K }>

/** The entries of one kind, in order. */
export function entriesOf<K extends Kind>(timeline: readonly TimelineEntry[], kind: K): EntryOf<K>[] {
  return timeline.filter((entry): entry is EntryOf<K> => entry.kind === kind)
}
