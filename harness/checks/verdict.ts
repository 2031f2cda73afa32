// Turns findings into one verdict. A damaged record proves nothing. Otherwise a loss counts even if the fault was not
// proven. What ended the scenario, or hung until its end, explains why the rest did not happen. Slow recovery means nothing
// if the harness failed, and less if the machine was starved: such a finding is excused. One that is not still decides.
import type { Verdict } from '../result/campaign-result.ts'
import type { Excuse, Finding } from '../result/check-result.ts'

const isExcused = (verdict: Excuse['verdict']) => (finding: Finding) => finding.excuse?.verdict === verdict
const isKind = (kind: Finding['kind']) => (finding: Finding) => finding.kind === kind

const order: readonly (readonly [(finding: Finding) => boolean, Verdict])[] = [
  [({ voidsRun }) => voidsRun === true, 'error'],
  [isKind('safety'), 'fail'],
  [({ kind, endsRun }) => kind === 'harness' && endsRun === true, 'error'],
  [
    ({ kind, endsRun, hangs, excuse }) =>
      kind === 'liveness' && (endsRun === true || hangs === true) && excuse === undefined,
    'fail',
  ],
  [isKind('assumption'), 'inconclusive'],
  [isKind('harness'), 'error'],
  [({ kind, excuse }) => kind === 'liveness' && excuse === undefined, 'fail'],
  [isExcused('error'), 'error'],
  [isExcused('inconclusive'), 'inconclusive'],
]

export interface Judgement {
  readonly verdict: Verdict
  /** The message of the finding that decided; null for a pass. */
  readonly reason: string | null
}

interface Decision<F extends Finding> {
  readonly verdict: Verdict
  readonly finding: F
}

function decisionOf<F extends Finding>(findings: readonly F[]): Decision<F> | undefined {
  for (const [decides, verdict] of order) {
    const finding = findings.find(decides)
    if (finding !== undefined) return { verdict, finding }
  }
  return undefined
}

/** The finding that decides the verdict: the most important one, not the first one; undefined for a pass. */
export function decisiveFinding<F extends Finding>(findings: readonly F[]): F | undefined {
  return decisionOf(findings)?.finding
}

export function judge(findings: readonly Finding[]): Judgement {
  const decision = decisionOf(findings)
  if (decision === undefined) return { verdict: 'pass', reason: null }
  const { message, excuse } = decision.finding
  return {
    verdict: decision.verdict,
    reason: excuse === undefined ? message : `${excuse.why}: ${message}`,
  }
}
