// Effects in the outside world. Temporal promises that an activity runs at least once, so an effect may be
// attempted again; but it must be accepted exactly once.
import type { Effect } from '../record/effect.ts'
import type { RunRecord } from '../record/record.ts'
import type { RunAnalysis } from '../analysis/analyse.ts'
import { wasAccepted } from '../analysis/messages.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { checkedIf, findings, notChecked, type Check } from './check.ts'
import { expectedOutcomes, matchedOutcome, whyUnreadable } from './outcome.ts'

export const effects: Check = {
  name: 'effects',
  promise: 'Every effect is accepted exactly once: none is lost, duplicated or unasked for.',
  judge(analysis) {
    const { record, chains, messages } = analysis
    const expected = [
      ...chains.flatMap(({ golden }) => golden.effects),
      ...chains.flatMap((chain) =>
        expectedOutcomes(chain, record).flatMap((outcome) => outcome.effects ?? []),
      ),
      // A message without an answer may have been accepted, and a failed one may have had effects before it
      // failed.
      ...messages.filter((message) => wasAccepted(message) !== false).flatMap(({ effects }) => effects),
    ]
    const accepted = record.effects.filter(({ outcome }) => outcome === 'new')
    const found = [
      ...lost(due(analysis), accepted),
      ...duplicated(accepted),
      ...askedTwice(record.effects),
      ...phantoms(expected, record.effects),
      ...missingLines(record.effects),
    ]
    const [unreadable] = chains.flatMap((chain) => whyUndecided(chain, record) ?? [])
    if (found.length === 0 && unreadable !== undefined) return notChecked(unreadable)
    return checkedIf(record.effects, findings('safety', found), whySilent(analysis))
  },
}

/** The keys of effects that the ledger must have accepted by now: those of workflows that have closed. */
function due({ record, chains, messages }: RunAnalysis): string[] {
  const closed = chains.filter(({ closing }) => closing !== undefined)
  const closedIds = new Set(closed.map(({ workflowId }) => workflowId))
  return [
    ...closed.filter(isCompleted).flatMap(({ golden }) => golden.effects),
    ...closed.flatMap((chain) => matchedOutcome(chain, record)?.effects ?? []),
    ...messages
      .filter(({ answer, workflowId }) => answer === 'accepted' && closedIds.has(workflowId))
      .flatMap(({ effects }) => effects),
  ]
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

/** Any other end has the effects that its own outcome names. */
function isCompleted({ closing }: WorkflowChain): boolean {
  return closing?.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'
}

function lost(due: readonly string[], accepted: readonly Effect[]): string[] {
  const keys = new Set(accepted.map(({ key }) => key))
  return due.filter((key) => !keys.has(key)).map((key) => `lost: the ledger never accepted ${key}`)
}

function duplicated(accepted: readonly Effect[]): string[] {
  const byKey = Map.groupBy(accepted, ({ key }) => key)
  return [...byKey].flatMap(([key, times]) =>
    times.length === 1
      ? []
      : [`duplicated: the ledger accepted ${key} ${times.length} times (${times.map(by).join('; ')})`],
  )
}

/**
 * An activity's next attempt may repeat its effect. Any other repeat of an accepted key is a duplicate that
 * only the ledger's memory prevented.
 */
function askedTwice(all: readonly Effect[]): string[] {
  const repeats = all.filter(({ outcome }) => outcome === 'repeat')
  return repeats.flatMap((repeat) => {
    const first = all.find(({ key, outcome }) => key === repeat.key && outcome === 'new')
    const isNextAttempt =
      first?.runId === repeat.runId &&
      first.activityId === repeat.activityId &&
      first.attempt < repeat.attempt
    if (isNextAttempt) return []
    const before = first === undefined ? 'nothing' : by(first)
    return [`duplicated: ${repeat.key} was sent by ${before}, and again by ${by(repeat)}`]
  })
}

function phantoms(expected: readonly string[], all: readonly Effect[]): string[] {
  const keys = new Set(expected)
  return all
    .filter(({ key }) => !keys.has(key))
    .map((effect) => `phantom: nothing asked for ${effect.key} (${by(effect)})`)
}

/**
 * The ledger numbers its lines: a gap or a repeated number means that the record is not what the ledger
 * wrote.
 */
function missingLines(all: readonly Effect[]): string[] {
  return all.flatMap(({ sequence, key }, index) =>
    sequence === index + 1 ? [] : [`line ${index + 1} of the effects carries number ${sequence} (${key})`],
  )
}

function by({ activityId, attempt, incarnation }: Effect): string {
  return `activity ${activityId} attempt ${attempt} by incarnation ${incarnation}`
}
