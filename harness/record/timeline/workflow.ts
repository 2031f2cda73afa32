// Workflow runs: how each began, how its scenario expects it to end, and observations about the whole run.
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
    /**
     * The harness starts `scenario` and `probe` runs. Workflows start the others: the next run of a chain, or
     * a child.
     */
    origin: z.enum(['scenario', 'probe', 'chain', 'child']),
    /** The run that started this one; null if the harness did. */
    fromRunId: z.string().nullable(),
    /** Null if the run that started this one is responsible for it. */
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
    /** The most that the scenario allowed the server to skip. */
    durationMs: z.number(),
    /** The length of the first skip, from the history. */
    skippedMs: z.number(),
  }),
] as const
