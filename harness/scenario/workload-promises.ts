// What a workload promises, in the form that records hold. The ledger is told of every effect before anything can cause it.
import { declaredEffects, type ExpectedEffect } from '../record/expected-effect.ts'
import type { Golden, Outcome } from '../record/timeline/outcome.ts'
import type { SentMessage, Workload, WorkloadStart } from './workload.ts'

export type OnPromised = (effects: readonly ExpectedEffect[]) => void

export interface WorkloadPromises<Input> {
  golden(start: WorkloadStart<Input>): Golden
  /** Of the message; empty if it causes none. */
  effectsOf(sent: SentMessage): ExpectedEffect[]
  /** The outcomes that a scenario allows. */
  outcomes(expected: readonly Outcome[]): Outcome[]
}

export function workloadPromises<Input extends object, Result>(
  workload: Workload<Input, Result>,
  onPromised: OnPromised,
): WorkloadPromises<Input> {
  function told(promises: Parameters<typeof declaredEffects>[0]): ExpectedEffect[] {
    const effects = declaredEffects(promises)
    onPromised(effects)
    return effects
  }
  function outcomes(expected: readonly Outcome[]): Outcome[] {
    return expected.map((outcome) => {
      const { effects } = outcome
      return effects === undefined ? outcome : { ...outcome, effects: told(effects) }
    })
  }
  return {
    golden(start) {
      const { outcomes: allowed, effects, ...others } = workload.golden(start)
      return { outcomes: outcomes(allowed), effects: told(effects), ...others }
    },
    effectsOf: (sent) => told(workload.effectsOf?.(sent) ?? []),
    outcomes,
  }
}
