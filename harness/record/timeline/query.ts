// Queries: what a workload declares of them, and their answers all along.
import { z } from 'zod'
import { answerRuleSchema } from '../answer-rule.ts'
import { at } from './at.ts'
import { workflowRun } from './workflow.ts'

export const queryEntries = [
  /** The queries that a workflow answers, with how their answers may change. Older records have none. */
  z.object({
    ...at,
    kind: z.literal('queries-declared'),
    ...workflowRun,
    rules: z.record(z.string(), answerRuleSchema),
  }),
  /** An answer that is the same as the one before it is left out, unless a fault came between them. */
  z.object({
    ...at,
    kind: z.literal('queried'),
    ...workflowRun,
    query: z.string(),
    by: z.enum(['scenario', 'harness']),
    askedMs: z.number(),
    /** `refused`: a worker said that it has no such query, or the handler failed. `unanswered`: nobody said anything. */
    outcome: z.enum(['answered', 'refused', 'unanswered']),
    /** Absent if it was not answered, or if the answer is undefined. */
    answer: z.unknown().optional(),
    /** Why it was not answered, or why nobody can read the answer. */
    why: z.string().optional(),
  }),
] as const
