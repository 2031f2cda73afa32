// What a check is: a pure function from the analysis of a run to an answer.
//
// The rule for its status, the same for every check:
// - `kept` needs at least one thing that the check has looked at, and nothing wrong with any of them;
// - `broken` is a finding about the system, or about the assumptions of the run;
// - `not-checked` is everything else: nothing to look at, or no way to look. It says why. If the harness should have
//   been able to look, a finding of kind `harness` says so as well.
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { CheckAnswer, Finding } from '../result/check-result.ts'

export interface Check {
  /** Kebab-case, unlike any other check's. */
  readonly name: string
  /** What must be so, as one sentence. */
  readonly promise: string
  judge(analysis: RunAnalysis): CheckAnswer
}

/** Makes findings of one kind. */
export function findings(kind: Finding['kind'], messages: readonly string[]): Finding[] {
  return messages.map((message) => ({ kind, message }))
}

/** @param why as part of a sentence: "no replayer for this worker" */
export function notChecked(why: string, found: readonly Finding[] = []): CheckAnswer {
  return { status: 'not-checked', findings: [...found], why }
}

/** The check looked at something, and this is what was wrong with it. */
export function checked(found: readonly Finding[]): CheckAnswer {
  return { status: found.length === 0 ? 'kept' : 'broken', findings: [...found] }
}

/** As `checked`; not checked if there was nothing to look at and nothing was found. */
export function checkedIf(
  lookedAt: { readonly length: number },
  found: readonly Finding[],
  otherwise: string,
): CheckAnswer {
  return lookedAt.length === 0 && found.length === 0 ? notChecked(otherwise) : checked(found)
}
