// A question to a workflow that nobody answered until the run's end. A check decides what that means: most often its worker
// hangs, which is no failure of the harness.
import { ChaosError, messageOf } from '../core/errors.ts'

/** Whether it was tried until the deadline (see `retryThroughOutage`). */
export function isNeverAnswered(thrown: unknown): boolean {
  return thrown instanceof ChaosError && thrown.code === 'CHAOS_SERVICE_UNREACHABLE'
}

/** @param what as a sentence begins: `the query status of order-1` */
export function unanswered(what: string, cause: unknown): ChaosError {
  return new ChaosError(`${what} was never answered: ${messageOf(cause)}`, {
    code: 'CHAOS_MESSAGE_UNANSWERED',
    kind: 'unmet',
    subject: what,
  })
}
