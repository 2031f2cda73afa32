// A check of a run in which everything is late has a finding for every piece of work. Ten of a kind tell as much.
import type { Finding } from '../result/check-result.ts'

const mostOfAKind = 10

/** The first ten findings of each kind, with the number of the others; one that ended the run is never left out. */
export function withoutRepetition(findings: readonly Finding[]): Finding[] {
  return [...Map.groupBy(findings, ({ kind }) => kind)].flatMap(([kind, ofKind]) => {
    const kept = ofKind.filter(({ endsRun }, index) => index < mostOfAKind || endsRun === true)
    const left = ofKind.length - kept.length
    return left === 0
      ? kept
      : [...kept, { kind, message: `and ${left} more ${left === 1 ? 'finding' : 'findings'} like these` }]
  })
}
