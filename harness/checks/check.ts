// What a check is: a pure function from a record to findings. None found means that the promise was kept.
import type { RunRecord } from '../record/record.ts'
import type { Finding } from '../result/campaign-result.ts'

export interface Check {
  readonly name: string
  find(record: RunRecord): Finding[]
}

/** Makes the findings of one check and one kind. */
export function findings(check: string, kind: Finding['kind'], messages: readonly string[]): Finding[] {
  return messages.map((message) => ({ check, kind, message }))
}
