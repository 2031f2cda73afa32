// From findings to one verdict. The order matters: what was lost stays lost though the fault was not proven; an error
// that ended the scenario explains why the rest of it did not happen; slow recovery means nothing where the harness failed.
import { reportedErrors } from './reported-errors.ts'
import type { Finding, Verdict } from '../result/campaign-result.ts'

const isKind = (kind: Finding['kind']) => (finding: Finding) => finding.kind === kind
const endedTheStory = ({ kind, check }: Finding) => kind === 'harness' && check === reportedErrors.name

const order: readonly (readonly [(finding: Finding) => boolean, Verdict])[] = [
  [isKind('safety'), 'fail'],
  [endedTheStory, 'error'],
  [isKind('assumption'), 'inconclusive'],
  [isKind('harness'), 'error'],
  [isKind('liveness'), 'fail'],
]

export interface Judgement {
  readonly verdict: Verdict
  /** The message of the finding that decided; null for a pass. */
  readonly reason: string | null
}

interface Decision {
  readonly verdict: Verdict
  readonly finding: Finding
}

function decisionOf(findings: readonly Finding[]): Decision | undefined {
  for (const [decides, verdict] of order) {
    const finding = findings.find(decides)
    if (finding !== undefined) return { verdict, finding }
  }
  return undefined
}

/** The finding that decides the verdict: not the first that was made, but the one that counts most; undefined for a pass. */
export function decisiveFinding(findings: readonly Finding[]): Finding | undefined {
  return decisionOf(findings)?.finding
}

export function judge(findings: readonly Finding[]): Judgement {
  const decision = decisionOf(findings)
  if (decision === undefined) return { verdict: 'pass', reason: null }
  return { verdict: decision.verdict, reason: decision.finding.message }
}
