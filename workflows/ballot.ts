// The state of an approval, and the effects of its decisions in order: pure state without Temporal.
import type { EffectInput } from './activities.ts'
import {
  amendmentKey,
  decisionKey,
  timeoutKey,
  type Amended,
  type Amendment,
  type Decision,
} from './decision.ts'

export type ApprovalOutcome = 'approved' | 'rejected' | 'timed-out'
export type ApprovalPhase = 'open' | ApprovalOutcome | 'canceled'

export interface ReceivedDecision extends Decision {
  /** The decision came after all was decided: it has an effect, and does not count. */
  readonly late: boolean
}

export interface ApprovalStatus {
  readonly phase: ApprovalPhase
  /** In the order in which they came. */
  readonly decisions: readonly ReceivedDecision[]
  readonly amount: number
}

export class Ballot {
  readonly #workflowId: string
  readonly #needed: number
  readonly #decisions: ReceivedDecision[] = []
  readonly #unrecorded: EffectInput[] = []
  #phase: ApprovalPhase = 'open'
  #amount = 0

  constructor(workflowId: string, needed: number) {
    this.#workflowId = workflowId
    this.#needed = needed
  }

  get status(): ApprovalStatus {
    return { phase: this.#phase, decisions: [...this.#decisions], amount: this.#amount }
  }

  get isOpen(): boolean {
    return this.#phase === 'open'
  }

  get hasUnrecorded(): boolean {
    return this.#unrecorded.length > 0
  }

  /** The next effect to be recorded, in the order of the causes. */
  takeUnrecorded(): EffectInput | undefined {
    return this.#unrecorded.shift()
  }

  decide(decision: Decision): void {
    const late = !this.isOpen
    this.#decisions.push({ ...decision, late })
    this.#unrecorded.push({
      key: decisionKey(this.#workflowId, decision),
      payload: { decision: decision.decision, reason: decision.reason, late },
    })
    if (late || this.#decisions.length < this.#needed) return
    this.#phase = this.#decisions.every((each) => each.decision === 'approve') ? 'approved' : 'rejected'
  }

  /** Decides the approval if people have not. */
  timeOut(): void {
    if (!this.isOpen) return
    this.#phase = 'timed-out'
    this.#unrecorded.push({ key: timeoutKey(this.#workflowId) })
  }

  cancel(): void {
    if (this.isOpen) this.#phase = 'canceled'
  }

  /** Why an amendment is refused; undefined if it is valid. */
  objectionTo({ amount }: Amendment): string | undefined {
    if (!this.isOpen) return `nothing can be amended any more: it is ${this.#phase}`
    if (!(Number.isFinite(amount) && amount > 0)) return `the amount must be a number above 0, got ${amount}`
    return undefined
  }

  /** The caller must record the effect and wait for it. */
  amend(amendment: Amendment): { readonly amended: Amended; readonly effect: EffectInput } {
    const amended: Amended = { before: this.#amount, after: amendment.amount }
    this.#amount = amendment.amount
    return { amended, effect: { key: amendmentKey(this.#workflowId, amendment), payload: amended } }
  }
}
