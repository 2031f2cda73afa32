// A check is a pure function from the analysis of a run to an answer.
//
// Every check follows the same rule for its status:
// - `kept` needs at least one examined thing, and nothing wrong with any;
// - `broken` is a finding about the system, or about the assumptions of the run;
// - `not-checked` is everything else: nothing to examine, or no way to examine it, with the reason. If the
//   harness should have
// been able to, a finding of kind `harness` also says so.
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { CheckAnswer, Finding, TimeWindow } from '../result/check-result.ts'
import type { StatePart } from '../result/state.ts'

export interface Check {
  /** In kebab-case, and different from every other check's. */
  readonly name: string
  /** The requirement, as one sentence. */
  readonly promise: string
  /** The parts of the workflows' state that it speaks about. @default none: it is about the run */
  readonly about?: readonly StatePart[]
  judge(analysis: RunAnalysis): CheckAnswer
}

export function findings(kind: Finding['kind'], messages: readonly string[]): Finding[] {
  return messages.map((message) => ({ kind, message }))
}

/**
 * Something that came too late, or never. If the machine was starved in the window, or the harness stood still, the
 * run is not `fail` (see excuses.ts).
 * @param lateByMs by how much it was late; leave it out if nothing says when it had to come
 */
export function late(message: string, { fromMs, untilMs }: TimeWindow, lateByMs?: number): Finding {
  const window = { fromMs, untilMs }
  return { kind: 'liveness', message, window, ...(lateByMs === undefined ? {} : { lateByMs }) }
}

/** @param why as part of a sentence: "no replayer for this worker" */
export function notChecked(why: string, found: readonly Finding[] = []): CheckAnswer {
  return { status: 'not-checked', findings: [...found], why }
}

/** The answer of a check that examined something, with everything that was wrong. */
export function checked(found: readonly Finding[]): CheckAnswer {
  return { status: found.length === 0 ? 'kept' : 'broken', findings: [...found] }
}

/** Like `checked`, but not checked if nothing was examined and nothing was found. */
export function checkedIf(
  lookedAt: { readonly length: number },
  found: readonly Finding[],
  otherwise: string,
): CheckAnswer {
  return lookedAt.length === 0 && found.length === 0 ? notChecked(otherwise) : checked(found)
}
