// What a check answers about one run, as it is stored in the run's result.
import { z } from 'zod'
import { findingKinds } from '../core/errors.ts'

export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  message: z.string(),
  code: z.string().optional(),
  hint: z.string().optional(),
  /** An error that may have kept other things from happening: it goes before claims that were therefore not tested. */
  endsRun: z.literal(true).optional(),
})
export type Finding = z.infer<typeof findingSchema>

const answerShape = {
  /** `kept` needs at least one thing that was looked at; what could not be known is `not-checked`. */
  status: z.enum(['kept', 'broken', 'not-checked']),
  findings: z.array(findingSchema),
  /** Why it was not checked, as part of a sentence: "no replayer for this worker". */
  why: z.string().optional(),
}

const isConsistent = ({ status, findings, why }: z.infer<z.ZodObject<typeof answerShape>>) => {
  if (status === 'kept') return findings.length === 0
  if (status === 'broken') return findings.length > 0
  return why !== undefined && findings.every(({ kind }) => kind === 'harness')
}
const consistency =
  'kept has no finding, broken has one at least, not-checked says why and has none but of kind harness'

/** A check's result without its name, which the engine adds. */
export const checkAnswerSchema = z.object(answerShape).refine(isConsistent, consistency)
export type CheckAnswer = z.infer<typeof checkAnswerSchema>

export const checkResultSchema = z
  .object({ /** The check's name. */ check: z.string(), ...answerShape })
  .refine(isConsistent, consistency)
export type CheckResult = z.infer<typeof checkResultSchema>

/** A finding with the name of the check that made it. */
export interface NamedFinding extends Finding {
  readonly check: string
}

/** Everything that all checks found, in the order of the checks. */
export function findingsOf(checks: readonly CheckResult[]): NamedFinding[] {
  return checks.flatMap(({ check, findings }) => findings.map((finding) => ({ check, ...finding })))
}
