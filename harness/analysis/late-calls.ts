// Calls that came after others had done their work: a frozen worker wakes late and acts after its successor. The ledger
// refuses them, so they are no findings, but they are told.
import { formatDuration } from '../core/duration.ts'
import { namesAttempt } from '../record/effect.ts'
import { acceptedByKey, describeCall, type EffectCall } from './effect-calls.ts'
import { isSameWork } from './same-work.ts'

/** One sentence for each late call, in the order of their arrival. */
export function lateCallsOf(calls: readonly EffectCall[]): string[] {
  const accepted = acceptedByKey(calls)
  return calls.flatMap((call) => {
    const first = accepted.get(call.key)
    if (call.outcome === 'new' || first === undefined || !isOvertaken(call, first)) return []
    const afterMs = call.receivedAtMs - first.receivedAtMs
    return [
      `late call of attempt ${call.attempt} by ${call.by}: the ledger refused ${call.key} ` +
        `${formatDuration(afterMs)} after it had accepted it from ${describeCall(first)}`,
    ]
  })
}

/** Whether a later attempt, or a later incarnation of the same worker, had done the work of this call. */
function isOvertaken(call: EffectCall, first: EffectCall): boolean {
  if (!namesAttempt(call) || !namesAttempt(first) || !isSameWork(call, first)) return false
  if (call.attempt !== first.attempt) return call.attempt < first.attempt
  return call.worker === first.worker && call.incarnation < first.incarnation
}
