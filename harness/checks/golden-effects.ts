// What effects say, and their order, as in the golden run: the same work without faults. Workloads declare what they know of
// it; nothing else is compared.
import type { RunAnalysis } from '../analysis/analyse.ts'
import { acceptedByKey, describeCall, type EffectCall } from '../analysis/effect-calls.ts'
import { isSamePayload } from '../record/effect-payload.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { inShort } from './in-short.ts'
import { owedEffects, type OwedEffect } from './owed-effects.ts'

export const goldenEffects: Check = {
  name: 'golden-effects',
  promise: 'Every accepted effect has the payload and the place in the order that its workload declares.',
  judge(analysis) {
    const owed = declaredOnes(analysis)
    const accepted = acceptedByKey(analysis.effectCalls)
    const acted = owed.filter(({ key }) => accepted.has(key))
    const found = [...otherPayloads(acted, accepted), ...outOfOrder(acted, accepted)]
    const why =
      owed.length === 0 ? 'no workload declares a payload or an order' : 'no such effect was accepted'
    return checkedIf(acted, findings('safety', found), why)
  },
}

type Declared = OwedEffect & { readonly declared: NonNullable<OwedEffect['declared']> }

function declaredOnes(analysis: RunAnalysis): Declared[] {
  return owedEffects(analysis).filter(
    (owed): owed is Declared =>
      owed.declared !== null && (hasPayload(owed.declared) || owed.declared.after !== undefined),
  )
}

function hasPayload({ payload, payloadMayDiffer = false }: Declared['declared']): boolean {
  return payload !== undefined && !payloadMayDiffer
}

function otherPayloads(acted: readonly Declared[], accepted: ReadonlyMap<string, EffectCall>): string[] {
  const withPayload = acted.filter(({ declared }) => hasPayload(declared))
  // Several causes may declare the same effect; any of them may be the one.
  return [...Map.groupBy(withPayload, ({ key }) => key)].flatMap(([key, causes]) => {
    const call = accepted.get(key)
    if (call === undefined || causes.some(({ declared }) => isSamePayload(declared.payload, call.payload)))
      return []
    const wanted = causes.map(({ declared }) => inShort(declared.payload)).join(' or ')
    return [
      `another payload: the ledger accepted ${key} with ${inShort(call.payload)}, not ${wanted} (${describeCall(call)})`,
    ]
  })
}

function outOfOrder(acted: readonly Declared[], accepted: ReadonlyMap<string, EffectCall>): string[] {
  return acted.flatMap(({ key, declared: { after = [] } }) => {
    const call = accepted.get(key)
    if (call === undefined) return []
    return after.flatMap((earlier) => {
      const first = accepted.get(earlier)
      if (first !== undefined && first.sequence < call.sequence) return []
      const what = first === undefined ? 'which was never accepted' : `which came as number ${first.sequence}`
      return [`reordered: the ledger accepted ${key} as number ${call.sequence}, before ${earlier}, ${what}`]
    })
  })
}
