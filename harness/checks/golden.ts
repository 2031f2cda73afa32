// The state that a run came to, held against its golden run. What may differ is in
// analysis/golden/differences.ts.
import type { ComparedPart, Difference } from '../analysis/golden/compare.ts'
import type { CheckAnswer } from '../result/check-result.ts'
import { goldenParts } from '../record/golden.ts'
import { checkedIf, findings, notChecked, type Check } from './check.ts'
import { inShort } from './in-short.ts'

export const golden: Check = {
  name: 'golden',
  promise: 'Every workflow came to the state that its golden run came to, which was executed without faults.',
  about: goldenParts,
  judge({ golden: comparison }) {
    if (comparison.kind === 'none') return notChecked(comparison.why)
    const { parts } = comparison
    const found = parts.flatMap((part) => part.differences.map((one) => describe(part, one)))
    const examined = parts.filter(({ compared }) => compared > 0)
    const answer = checkedIf(examined, findings('safety', found), whyNothing(parts))
    return { ...answer, rows: parts.map(rowOf) }
  },
}

function rowOf({
  part,
  compared,
  differences,
  leftOut,
}: ComparedPart): NonNullable<CheckAnswer['rows']>[number] {
  if (differences.length > 0) return { part, status: 'broken' }
  if (compared > 0) return { part, status: 'kept' }
  return { part, status: 'not-checked', why: leftOut.join('; ') || 'the golden run has nothing of it' }
}

function whyNothing(parts: readonly ComparedPart[]): string {
  const reasons = new Set(parts.flatMap(({ leftOut }) => leftOut))
  return [...reasons].join('; ') || 'the golden run has no workflow'
}

function describe({ part }: ComparedPart, { workflow, label, expected, seen }: Difference): string {
  return `${part} of ${workflow}, ${label}: expected (golden run) ${shown(expected)}, seen ${shown(seen)}`
}

function shown(values: Difference['seen']): string {
  if (values === undefined) return 'nothing'
  return inShort(values.length === 1 ? values[0] : values)
}
