// Whether the harness reached the expected verdict about a control, for the expected reason.
import { decisiveFinding } from '../checks/verdict.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { findingsOf, type Finding } from '../result/check-result.ts'
import type { Control } from './control.ts'

export interface ControlResult {
  readonly control: Control
  readonly run: RunResult
  /** Why the control was missed, as part of a sentence; null if it was caught, or rightly passed. */
  readonly missed: string | null
}

/** Pure: the same run gives the same answer. */
export function controlResult(control: Control, run: RunResult): ControlResult {
  return { control, run, missed: whyMissed(control, run) }
}

/** Whether it was missed because the machine was starved or the harness stood still. */
export function wasExcused({ run, missed }: ControlResult): boolean {
  return missed !== null && decisiveFinding(findingsOf(run.checks))?.excuse !== undefined
}

function whyMissed({ expected }: Control, run: RunResult): string | null {
  const { verdict, check, finding } = expected
  const all = findingsOf(run.checks)
  const said = all.filter((one) => check === undefined || one.check === check)
  const seen = (run.reason ?? 'no finding').split('\n')[0] ?? ''
  if (run.verdict !== verdict) return `the verdict is ${run.verdict}, not ${verdict}: ${seen}`
  if (finding === undefined) return null
  const says = (one: Finding) => finding.test(one.message) || finding.test(withExcuse(one))
  if (!said.some(says)) {
    const others = said.length === 0 ? `it found nothing; the verdict's reason is: ${seen}` : said[0]?.message
    return `no finding of ${check} matches ${finding}: ${others}`
  }
  const other = all.find((one) => one.check !== check && says(one))
  return other === undefined ? null : `a finding of ${other.check} matches ${finding}, too: ${other.message}`
}

function withExcuse({ message, excuse }: Finding): string {
  return excuse === undefined ? message : `${excuse.why}: ${message}`
}
