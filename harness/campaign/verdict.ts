// From findings to one verdict. The order matters: what was lost stays lost though the fault was not proven,
// and slow recovery means nothing where the harness itself failed.
import type { Finding, Verdict } from '../record/timing.ts'

const order: readonly (readonly [Finding['kind'], Verdict])[] = [
  ['safety', 'fail'],
  ['assumption', 'inconclusive'],
  ['harness', 'error'],
  ['liveness', 'fail'],
]

export interface Judgement {
  readonly verdict: Verdict
  /** The message of the finding that decided; null for a pass. */
  readonly reason: string | null
}

export function judge(findings: readonly Finding[]): Judgement {
  for (const [kind, verdict] of order) {
    const decisive = findings.find((finding) => finding.kind === kind)
    if (decisive !== undefined) return { verdict, reason: decisive.message }
  }
  return { verdict: 'pass', reason: null }
}
