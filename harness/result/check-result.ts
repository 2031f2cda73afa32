// What a check answers about one run, as it is stored in the run's result.
import { z } from 'zod'
import { findingKinds } from '../core/errors.ts'

export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  message: z.string(),
  code: z.string().optional(),
  hint: z.string().optional(),
  /** The scenario could not go on after this, which explains why the rest of it did not happen. */
  endsRun: z.literal(true).optional(),
})
export type Finding = z.infer<typeof findingSchema>

export const checkResultSchema = z.object({
  /** The check's name. */
  check: z.string(),
  /** `kept` needs at least one thing that was looked at; what could not be known is `not-checked`. */
  status: z.enum(['kept', 'broken', 'not-checked']),
  /** Empty if the promise was kept. */
  findings: z.array(findingSchema),
  /** Why it was not checked, as part of a sentence: "no replayer for this worker". */
  why: z.string().optional(),
})
export type CheckResult = z.infer<typeof checkResultSchema>

/** A finding with the name of the check that made it. */
export interface NamedFinding extends Finding {
  readonly check: string
}

/** Everything that all checks found, in the order of the checks. */
export function findingsOf(checks: readonly CheckResult[]): NamedFinding[] {
  return checks.flatMap(({ check, findings }) => findings.map((finding) => ({ check, ...finding })))
}
