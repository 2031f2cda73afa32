// What the outside world saw. Temporal promises that an activity runs at least once, so an effect may be attempted
// again; accepted it must be exactly once.
import type { Effect } from '../record/effect.ts'
import { messagesOf, wasAccepted } from '../analysis/messages.ts'
import { workflowChains, type WorkflowChain } from '../analysis/workflow-chain.ts'
import { findings, type Check } from './check.ts'
import { expectedOutcomes, matchedOutcome } from './outcome.ts'

const name = 'effects'

export const effects: Check = {
  name,
  find(record) {
    const chains = workflowChains(record)
    const messages = messagesOf(record)
    const owed = [
      ...chains.flatMap(({ golden }) => golden.effects),
      ...chains.flatMap((chain) =>
        expectedOutcomes(chain, record).flatMap((outcome) => outcome.effects ?? []),
      ),
      // One that nobody has an answer to may have been accepted, and one that failed may have had effects before.
      ...messages.filter((message) => wasAccepted(message) !== false).flatMap(({ effects }) => effects),
    ]
    const accepted = record.effects.filter(({ outcome }) => outcome === 'new')
    const closed = chains.filter(({ closing }) => closing !== undefined)
    const closedIds = new Set(closed.map(({ workflowId }) => workflowId))
    const due = [
      ...closed.filter(isCompleted).flatMap(({ golden }) => golden.effects),
      ...closed.flatMap((chain) => matchedOutcome(chain, record)?.effects ?? []),
      ...messages
        .filter(({ answer, workflowId }) => answer === 'accepted' && closedIds.has(workflowId))
        .flatMap(({ effects }) => effects),
    ]
    return findings(name, 'safety', [
      ...lost(due, accepted),
      ...duplicated(accepted),
      ...askedTwice(record.effects),
      ...phantoms(owed, record.effects),
      ...missingLines(record.effects),
    ])
  },
}

/** Another end has the effects that its own outcome names. */
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
 * An activity's next attempt may repeat its effect; anything else that sends an accepted key asks for the effect twice,
 * and only the ledger's own memory kept it from happening twice.
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
    return [`duplicated: ${repeat.key} was asked for by ${before}, and again by ${by(repeat)}`]
  })
}

function phantoms(owed: readonly string[], all: readonly Effect[]): string[] {
  const keys = new Set(owed)
  return all
    .filter(({ key }) => !keys.has(key))
    .map((effect) => `phantom: nothing asked for ${effect.key} (${by(effect)})`)
}

/** The ledger numbers what it writes down: a gap or a twin means that the record is not what the ledger wrote. */
function missingLines(all: readonly Effect[]): string[] {
  return all.flatMap(({ sequence, key }, index) =>
    sequence === index + 1 ? [] : [`line ${index + 1} of the effects carries number ${sequence} (${key})`],
  )
}

function by({ activityId, attempt, incarnation }: Effect): string {
  return `activity ${activityId} attempt ${attempt} by incarnation ${incarnation}`
}
