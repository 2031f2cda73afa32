// From findings to one verdict. The order matters: what was lost stays lost though the fault was not proven; an error
// that ended the story explains why the rest of it did not happen; slow recovery means nothing where the harness failed.
import { reportedErrors } from '../checks/reported-errors.ts'
import type { Finding, Verdict } from '../record/timing.ts'

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

export function judge(findings: readonly Finding[]): Judgement {
  for (const [decides, verdict] of order) {
    const decisive = findings.find(decides)
    if (decisive !== undefined) return { verdict, reason: decisive.message }
  }
  return { verdict: 'pass', reason: null }
}
