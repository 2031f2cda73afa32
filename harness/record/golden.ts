// A golden run: the same work, executed without faults. The record of a run holds the state it came to.
import { z } from 'zod'
import { choiceValueSchema } from './timeline/scenario.ts'

/** The parts of the state that a golden run is compared in; names of rows of the state table. */
export const goldenParts = [
  'outcome',
  'queries',
  'search attributes',
  'memo',
  'pending work',
  'effects',
  'events',
  'chain',
  'children',
] as const
export type GoldenPart = (typeof goldenParts)[number]

/** What a part says, by label. Several facts may have one label. */
const factsSchema = z.record(z.string(), z.array(z.unknown()))
export type Facts = z.infer<typeof factsSchema>

export const comparableWorkflowSchema = z.object({
  /** `durableDemo-2`: the type, and its number in the order of the starts. */
  name: z.string(),
  workflow: z.string(),
  workflowId: z.string(),
  /** Why nothing of it can be compared, as part of a sentence; null if it can. */
  unknown: z.string().nullable(),
  /** A part is absent if nobody could tell. */
  parts: z.partialRecord(z.enum(goldenParts), factsSchema),
})
export type ComparableWorkflow = z.infer<typeof comparableWorkflowSchema>

/** The projection that this version makes. States of another one cannot be compared with it. */
export const comparableStateVersion = 1

export const comparableStateSchema = z.object({
  version: z.number().int(),
  workflows: z.array(comparableWorkflowSchema),
  /** The longest that an activity waited for a worker, by its type; absent in golden runs of earlier versions. */
  activityWaitsMs: z.record(z.string(), z.number()).optional(),
})
export type ComparableState = z.infer<typeof comparableStateSchema>

/** The golden run that a run is held against, in its record. Without one, `unavailable` says why. */
export const goldenEntrySchema = z.object({
  kind: z.literal('golden'),
  /** Of its record, relative to the campaign's folder. */
  folder: z.string(),
  /** Of the file with the seal of its record. */
  sealSha256: z.string().regex(/^[0-9a-f]{64}$/),
  state: comparableStateSchema,
})

/** What else may differ from the golden run by the nature of a scenario, such as a race. */
export const mayDifferSchema = z.strictObject({
  part: z.enum(goldenParts),
  /** Of workflows of this type only. @default all */
  workflow: z.string().min(1).optional(),
  /** Facts only whose label begins so. @default all of the part */
  what: z.string().min(1).optional(),
  /** If these choices were made. @default in every run */
  when: z.record(z.string(), choiceValueSchema).optional(),
  why: z.string().min(1, 'a reason'),
})
export type MayDiffer = Readonly<z.infer<typeof mayDifferSchema>>
