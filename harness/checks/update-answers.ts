// A client that has the answer to an update believes that the update is done. Its effects must have come before.
import type { Message } from '../analysis/messages.ts'
import { acceptedByKey, describeCall } from '../analysis/effect-calls.ts'
import { formatDuration } from '../core/duration.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { owedEffects, type OwedEffect } from './owed-effects.ts'

export const updateAnswers: Check = {
  name: 'update-answers',
  promise: 'No update is answered before its effects are accepted.',
  about: ['messages'],
  judge(analysis) {
    const accepted = acceptedByKey(analysis.effectCalls)
    const answered = owedEffects(analysis).filter(isOwedBeforeTheAnswer)
    const found = answered.flatMap(({ key, isDue, message }) => {
      const call = accepted.get(key)
      const { answeredMs } = message
      const what = `update ${message.name} #${message.number} of ${message.sender} to ${message.workflowId}`
      // If the effect is due and never came, it is lost, and the check `effects` says so.
      if (call === undefined)
        return isDue ? [] : [`${what} was answered, and its effect ${key} was never accepted`]
      if (call.receivedAtMs <= answeredMs) return []
      const beforeMs = formatDuration(call.receivedAtMs - answeredMs)
      return [`${what} was answered ${beforeMs} before its effect ${key} (${describeCall(call)})`]
    })
    return checkedIf(answered, findings('safety', found), 'no update with an effect was answered')
  },
}

type OfUpdate = OwedEffect & { readonly message: Message & { readonly answeredMs: number } }

/** Records of earlier versions do not say which effects may follow the answer. */
function isOwedBeforeTheAnswer(owed: OwedEffect): owed is OfUpdate {
  const { message, declared } = owed
  if (message?.what !== 'update' || message.answer !== 'accepted' || message.answeredMs === null) return false
  return declared !== null && declared.mayFollowAnswer !== true
}
