// Effects in the outside world. Temporal promises that an activity runs at least once, so an effect may be
// attempted again; but it must be accepted exactly once.
import type { RunAnalysis } from '../analysis/analyse.ts'
import { acceptedByKey, describeCall, type EffectCall } from '../analysis/effect-calls.ts'
import { isSameExecution, isSameWork } from '../analysis/same-work.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { namesAttempt } from '../record/effect.ts'
import { isSamePayload } from '../record/effect-payload.ts'
import type { RunRecord } from '../record/record.ts'
import { checkedIf, findings, notChecked, type Check } from './check.ts'
import { inShort } from './in-short.ts'
import { expectedOutcomes, whyUnreadable } from './outcome.ts'
import { mayHaveAnyEffects, owedEffects, type OwedEffect } from './owed-effects.ts'

export const effects: Check = {
  name: 'effects',
  promise: 'Every effect is accepted exactly once: none is lost, duplicated, changed or unasked for.',
  about: ['effects'],
  judge(analysis) {
    const { record, chains, effectCalls } = analysis
    const owed = owedEffects(analysis)
    const found = [
      ...lost(owed, effectCalls),
      ...duplicated(effectCalls),
      ...askedTwice(analysis),
      ...changed(owed, effectCalls),
      ...phantoms(analysis, owed, effectCalls),
      ...missingLines(effectCalls),
    ]
    if (
      found.length === 0 &&
      mayHaveAnyEffects(analysis) &&
      owed.length === 0 &&
      !isHeldAgainstGolden(analysis)
    )
      return notChecked(whyUnknown(effectCalls))
    const [unreadable] = chains.flatMap((chain) => whyUndecided(chain, record) ?? [])
    if (found.length === 0 && unreadable !== undefined) return notChecked(unreadable)
    return checkedIf(record.effects, findings('safety', found), whySilent(analysis))
  },
}

/** Then the check `golden` says whether the accepted effects are those of the run without faults. */
function isHeldAgainstGolden({ golden }: RunAnalysis): boolean {
  return (
    golden.kind === 'compared' &&
    golden.parts.some(({ part, compared }) => part === 'effects' && compared > 0)
  )
}

/** Without a word about what is due, only what was done twice can be told. */
function whyUnknown(calls: readonly EffectCall[]): string {
  if (calls.length === 0) return 'no effect was reported to the ledger'
  const unsaid = 'nobody says which effects are due, so a lost one would not be seen'
  const repeats = calls.filter((call) => call.outcome !== 'new' && !namesAttempt(call)).length
  if (repeats > 0) {
    return `${unsaid}; ${repeats} repeated calls do not say of which attempt they are, so nobody can tell a lost attempt from code that asks twice`
  }
  const keys = new Set(calls.map(({ key }) => key))
  return `${unsaid}; none of the ${keys.size} reported ones was done twice`
}

/** Why nobody can say which outcome's own effects are due; undefined if no outcome has any, or it can be said. */
function whyUndecided(chain: WorkflowChain, record: RunRecord): string | undefined {
  const hasOwn = expectedOutcomes(chain, record).some(({ effects = [] }) => effects.length > 0)
  return hasOwn ? whyUnreadable(chain, record) : undefined
}

/** Why the ledger may be silent although nothing was lost. */
function whySilent({ histories }: RunAnalysis): string {
  const ran = histories.some(({ spans }) => spans.some(({ kind }) => kind === 'activity'))
  return ran ? 'no activity called the ledger' : 'no activity ran'
}

function lost(owed: readonly OwedEffect[], calls: readonly EffectCall[]): string[] {
  const accepted = acceptedByKey(calls)
  return owed
    .filter(({ isDue, key }) => isDue && !accepted.has(key))
    .map(({ key }) => `lost: the ledger never accepted ${key}`)
}

function duplicated(calls: readonly EffectCall[]): string[] {
  const byKey = Map.groupBy(
    calls.filter(({ outcome }) => outcome === 'new'),
    ({ key }) => key,
  )
  return [...byKey].flatMap(([key, times]) =>
    times.length === 1
      ? []
      : [
          `duplicated: the ledger accepted ${key} ${times.length} times (${times.map(describeCall).join('; ')})`,
        ],
  )
}

/**
 * Work that was lost is done again, and a frozen worker acts late: each execution of the work may call once. Any
 * other repeat of an accepted key is a duplicate that only the ledger's memory prevented.
 */
function askedTwice({ effectCalls, historyOf }: RunAnalysis): string[] {
  const accepted = acceptedByKey(effectCalls)
  const byKey = Map.groupBy(effectCalls, ({ key }) => key)
  return [...byKey.values()].flatMap((calls) =>
    calls.flatMap((call, index) => {
      if (call.outcome === 'new') return []
      const first = accepted.get(call.key)
      const before = first && askedBefore(call, first, calls.slice(0, index), historyOf)
      if (first !== undefined && before === undefined) return []
      const sender = before === undefined ? 'nothing' : describeCall(before)
      return [`duplicated: ${call.key} was sent by ${sender}, and again by ${describeCall(call)}`]
    }),
  )
}

/** The call that this one repeats without need; undefined also if one of them does not name its attempt. */
function askedBefore(
  call: EffectCall,
  first: EffectCall,
  earlier: readonly EffectCall[],
  historyOf: RunAnalysis['historyOf'],
): EffectCall | undefined {
  if (!namesAttempt(call) || !namesAttempt(first)) return undefined
  if (!isSameWork(first, call)) return first
  return earlier.find((one) => isSameExecution(one, call, historyOf(call.runId)))
}

/** A repeat with other data than were acted on before. */
function changed(owed: readonly OwedEffect[], calls: readonly EffectCall[]): string[] {
  const accepted = acceptedByKey(calls)
  const mayDiffer = new Set(owed.flatMap(({ key, declared }) => (declared?.payloadMayDiffer ? [key] : [])))
  return calls.flatMap((call) => {
    const first = accepted.get(call.key)
    if (first === undefined || call.outcome === 'new' || mayDiffer.has(call.key)) return []
    // The ledger of earlier versions did not compare payloads, and named no worker.
    const wasCompared = call.outcome === 'conflict' || call.worker !== undefined
    if (!wasCompared || isSamePayload(first.payload, call.payload)) return []
    return [
      `changed: the ledger accepted ${call.key} with ${inShort(first.payload)} from ${describeCall(first)}, ` +
        `and got it with ${inShort(call.payload)} from ${describeCall(call)}`,
    ]
  })
}

function phantoms(
  { chains }: RunAnalysis,
  owed: readonly OwedEffect[],
  calls: readonly EffectCall[],
): string[] {
  if (mayHaveAnyEffects({ chains })) return []
  const keys = new Set(owed.map(({ key }) => key))
  return calls
    .filter(({ key }) => !keys.has(key))
    .map((call) => `phantom: nothing asked for ${call.key} (${describeCall(call)})`)
}

/**
 * The ledger numbers its lines and writes them as they come. A gap, a repeated number or a step back in time means
 * that the record is not what the ledger wrote.
 */
function missingLines(calls: readonly EffectCall[]): string[] {
  return calls.flatMap(({ sequence, key, receivedAtMs }, index) => {
    const line = index + 1
    if (sequence !== line) return [`line ${line} of the effects carries number ${sequence} (${key})`]
    const before = calls[index - 1]?.receivedAtMs ?? -Infinity
    return receivedAtMs < before ? [`line ${line} of the effects came before line ${index} (${key})`] : []
  })
}
