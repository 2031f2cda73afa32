// A run's record: everything observed, on disk, before anything is judged. Checks read this and nothing else.
import { z } from 'zod'
import { profileSchema } from '../config/profiles.ts'
import { effectSchema } from './effect.ts'
import { historyEventSchema } from '../history/event.ts'
import { timelineEntrySchema } from './timeline.ts'
import { resourceSchema } from './resource.ts'

/** Who and what the run was: `run.json`, written first. */
export const runHeaderSchema = z.object({
  schema: z.literal(1),
  campaign: z.string(),
  campaignSeed: z.number().int(),
  scenario: z.string(),
  promise: z.string(),
  run: z.number().int().min(1),
  seed: z.number().int(),
  backend: z.string(),
  profile: profileSchema,
  budgetMs: z.number(),
  deadlineMs: z.number(),
  /** Names of the checks that the scenario asks for besides the default ones. */
  checks: z.array(z.string()),
  startedAt: z.iso.datetime(),
  /** The wall clock at the run's zero: subtract it from a server's timestamp to place that on the run's clock. */
  wallAtZeroMs: z.number(),
})
export type RunHeader = z.infer<typeof runHeaderSchema>

/** One event as it arrived while the run went on. */
export const capturedEventSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  receivedAtMs: z.number(),
  event: historyEventSchema,
})
export type CapturedEvent = z.infer<typeof capturedEventSchema>

/** What was looked at when the run's scenario was over. */
export const observationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('history'),
    workflowId: z.string(),
    runId: z.string(),
    events: z.array(historyEventSchema),
  }),
  z.object({
    kind: z.literal('replay'),
    workflowId: z.string(),
    runId: z.string(),
    /** Null where the history replays. */
    error: z.string().nullable(),
  }),
  /** In a service's log, while the run went on. */
  z.object({
    kind: z.literal('panic'),
    service: z.string(),
    message: z.string(),
    /** How often it was logged. */
    times: z.number().int().min(1),
  }),
  z.object({ kind: z.literal('resources'), resources: z.array(resourceSchema) }),
  z.object({ kind: z.literal('clock'), errorMs: z.number() }),
])
export type Observation = z.infer<typeof observationSchema>

export const runRecordSchema = z.object({
  header: runHeaderSchema,
  timeline: z.array(timelineEntrySchema),
  captures: z.array(capturedEventSchema),
  observations: z.array(observationSchema),
  effects: z.array(effectSchema),
})
export type RunRecord = z.infer<typeof runRecordSchema>
export type ObservationOf<K extends Observation['kind']> = Extract<Observation, { kind: K }>

export function observationsOf<K extends Observation['kind']>(
  record: RunRecord,
  kind: K,
): ObservationOf<K>[] {
  return record.observations.filter((one): one is ObservationOf<K> => one.kind === kind)
}

/** A workflow's history as it stood at the run's end; empty where it could not be read. */
export function finalHistory(record: RunRecord, runId: string) {
  return observationsOf(record, 'history').find((one) => one.runId === runId)?.events ?? []
}
