// What effects say, and their order, as in the golden run: the same work without faults. Workloads declare what they know of
// it; nothing else is compared.
import { acceptedByKey, describeCall, type EffectCall } from '../analysis/effect-calls.ts'
import { isSamePayload } from '../record/effect-payload.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { inShort } from './in-short.ts'
import { owedEffects, type OwedEffect } from './owed-effects.ts'

export const goldenEffects: Check = {
  name: 'golden-effects',
  promise: 'Every accepted effect has the payload and the place in the order that its workload declares.',
  about: ['effects'],
  judge(analysis) {
    const owed = owedEffects(analysis)
    const accepted = acceptedByKey(analysis.effectCalls)
    const declared = owed.filter(saysSomething)
    const acted = declared.filter(({ key }) => accepted.has(key))
    const found = [...otherPayloads(owed, accepted), ...outOfOrder(owed, accepted)]
    const why =
      declared.length === 0 ? 'no workload declares a payload or an order' : 'no such effect was accepted'
    return checkedIf(acted, findings('safety', found), why)
  },
}

function saysSomething({ declared }: OwedEffect): boolean {
  return payloadsOf(declared).length > 0 || declared?.after !== undefined
}

/** The payloads that are right; empty if any is. */
function payloadsOf(declared: OwedEffect['declared']): unknown[] {
  const { payload, payloads = [], payloadMayDiffer = false } = declared ?? { payload: undefined }
  if (payloadMayDiffer) return []
  return payload === undefined ? [...payloads] : [payload, ...payloads]
}

function otherPayloads(owed: readonly OwedEffect[], accepted: ReadonlyMap<string, EffectCall>): string[] {
  // Several causes may owe the same effect; any of them may be the one.
  return [...Map.groupBy(owed, ({ key }) => key)].flatMap(([key, causes]) => {
    const call = accepted.get(key)
    const right = causes.map(({ declared }) => payloadsOf(declared))
    if (call === undefined || right.some((payloads) => payloads.length === 0)) return []
    if (right.flat().some((payload) => isSamePayload(payload, call.payload))) return []
    const wanted = right.flat().map(inShort).join(' or ')
    return [
      `another payload: the ledger accepted ${key} with ${inShort(call.payload)}, not ${wanted} (${describeCall(call)})`,
    ]
  })
}

function outOfOrder(owed: readonly OwedEffect[], accepted: ReadonlyMap<string, EffectCall>): string[] {
  return owed.flatMap(({ key, declared }) => {
    const call = accepted.get(key)
    if (call === undefined) return []
    return (declared?.after ?? []).flatMap((earlier) => {
      const first = accepted.get(earlier)
      if (first !== undefined && first.sequence < call.sequence) return []
      const what = first === undefined ? 'which was never accepted' : `which came as number ${first.sequence}`
      return [`reordered: the ledger accepted ${key} as number ${call.sequence}, before ${earlier}, ${what}`]
    })
  })
}
