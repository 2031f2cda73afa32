// Workflow runs: how each began, how its scenario expects it to end, and what was observed about it as a whole.
import { z } from 'zod'
import { at } from './at.ts'
import { goldenSchema, outcomeSchema } from './outcome.ts'

export const workflowRun = { workflowId: z.string(), runId: z.string() }

export const workflowEntries = [
  z.object({
    ...at,
    kind: z.literal('workflow'),
    ...workflowRun,
    workflow: z.string(),
    /** The harness starts `scenario` and `probe` runs. A workflow starts the others: its next run, or a child. */
    origin: z.enum(['scenario', 'probe', 'chain', 'child']),
    /** The run that started this one; null if the harness did. */
    fromRunId: z.string().nullable(),
    /** Null if the run that started this one answers for it. */
    golden: goldenSchema.nullable(),
  }),
  /** The outcomes that the scenario named when it awaited the workflow's end. */
  z.object({ ...at, kind: z.literal('expected'), ...workflowRun, outcomes: z.array(outcomeSchema) }),
  z.object({ ...at, kind: z.literal('observer-gap'), workflowId: z.string(), message: z.string() }),
  /** The server set a workflow's own clock forward, as the scenario asked. */
  z.object({
    ...at,
    kind: z.literal('time-skipped'),
    ...workflowRun,
    /** The most that the scenario allowed to be skipped. */
    durationMs: z.number(),
    /** The length of the first skip, by the history. */
    skippedMs: z.number(),
  }),
] as const
