// The answer of a check about one run, as the run's result stores it.
import { z } from 'zod'
import { findingKinds } from '../core/errors.ts'
import { stateParts } from './state.ts'

/** Part of a run, in milliseconds from its start. */
export const timeWindowSchema = z.object({ fromMs: z.number(), untilMs: z.number() })
export type TimeWindow = z.infer<typeof timeWindowSchema>

/** Why a finding says nothing about the system. */
export const excuseSchema = z.object({
  /** The run's verdict, unless another finding decides. */
  verdict: z.enum(['inconclusive', 'error']),
  /** With the figures: "the machine was starved (…)". */
  why: z.string(),
})
export type Excuse = z.infer<typeof excuseSchema>

export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  message: z.string(),
  code: z.string().optional(),
  hint: z.string().optional(),
  /**
   * Set if the error may have prevented other things. It then outranks claims that were not tested because of
   * it.
   */
  endsRun: z.literal(true).optional(),
  /**
   * For kind liveness: work that a proven fault found open hung until the run's end. Whatever else was not tested, that is
   * no recovery.
   */
  hangs: z.literal(true).optional(),
  /** Set if the record is not what the harness wrote. Nothing else that was found in it can be trusted then. */
  voidsRun: z.literal(true).optional(),
  /** For kind liveness: the time in which something should have happened. If absent, the time since the first fault. */
  window: timeWindowSchema.optional(),
  /** By how much the window is longer than allowed; absent if nothing says how long it may be. */
  lateByMs: z.number().optional(),
  /** For kind liveness: a timeout or pause alone was longer than allowed, so no state of the machine excuses it. */
  decidedBySetting: z.literal(true).optional(),
  /** Added to findings of kind liveness when the run is judged, if the machine or the harness was too slow. */
  excuse: excuseSchema.optional(),
})
export type Finding = z.infer<typeof findingSchema>

const answerShape = {
  /** `kept` needs at least one examined thing. A check that could not know answers `not-checked`. */
  status: z.enum(['kept', 'broken', 'not-checked']),
  findings: z.array(findingSchema),
  /** Why the check could not run, as part of a sentence: "no replayer for this worker". */
  why: z.string().optional(),
  /** If the check answers for each part of the state. @default its status holds for all parts */
  rows: z
    .array(
      z.object({
        part: z.enum(stateParts),
        status: z.enum(['kept', 'broken', 'not-checked']),
        why: z.string().optional(),
      }),
    )
    .optional(),
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
  .object({ check: z.string(), ...answerShape })
  .refine(isConsistent, consistency)
export type CheckResult = z.infer<typeof checkResultSchema>

/** A finding with the name of the check that made it. */
export interface NamedFinding extends Finding {
  readonly check: string
}

/** All findings of all checks, in the order of the checks. */
export function findingsOf(checks: readonly CheckResult[]): NamedFinding[] {
  return checks.flatMap(({ check, findings }) => findings.map((finding) => ({ check, ...finding })))
}
