// How the answers to a query of one workflow run may change, as its workload declares it.
import { z } from 'zod'

/** Stages that follow each other; alternatives of one stage stand together. */
const stagesSchema = z.array(z.union([z.string(), z.array(z.string()).readonly()])).readonly()

/**
 * - `grows`: numbers never get smaller, lists never get shorter, and so for every field of an object. Other values may
 *   change.
 * - `free`: it may change in any way.
 * - a list: the stages of a text, which never goes back to an earlier one.
 * - an object: the rule of each field; fields that it does not name grow.
 */
export type AnswerRule =
  'grows' | 'free' | z.infer<typeof stagesSchema> | { readonly [field: string]: AnswerRule }

export const answerRuleSchema: z.ZodType<AnswerRule> = z.lazy(() =>
  z.union([z.enum(['grows', 'free']), stagesSchema, z.record(z.string(), answerRuleSchema)]),
)
