// `approval` that records the newest of its decisions first.
import { workflowInfo } from '@temporalio/workflow'
import { runApproval, type ApprovalInput, type ApprovalResult } from '../../workflows/approval.ts'
import type { EffectInput } from '../../workflows/activities.ts'
import { Ballot } from '../../workflows/ballot.ts'

export async function newestFirstApproval(input: ApprovalInput): Promise<ApprovalResult> {
  return runApproval(input, new PiledBallot(workflowInfo().workflowId, input.needed))
}

class PiledBallot extends Ballot {
  readonly #pile: EffectInput[] = []

  override get hasUnrecorded(): boolean {
    return this.#pile.length > 0 || super.hasUnrecorded
  }

  override takeUnrecorded(): EffectInput | undefined {
    for (let next = super.takeUnrecorded(); next !== undefined; next = super.takeUnrecorded())
      this.#pile.push(next)
    return this.#pile.pop()
  }
}
