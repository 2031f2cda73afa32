// Who sends effects, and when. An effect belongs to a workflow and to an attempt of one of its activities, so the history
// says between which instants it may come, and from which worker.
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { ActivityTask } from '../analysis/calling-activity.ts'
import { describeCall, type EffectCall } from '../analysis/effect-calls.ts'
import { ownersOf, type OwnerAt } from '../analysis/identities.ts'
import { rootsOf } from '../analysis/roots.ts'
import { formatDuration } from '../core/duration.ts'
import { namesAttempt, type NamedEffect } from '../record/effect.ts'
import { observationsOf } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { mayHaveAnyEffects, owedEffects, type OwedEffect } from './owed-effects.ts'

type OwedByKey = ReadonlyMap<string, readonly OwedEffect[]>

/** The harness stamps calls, and the server its events; calls of a process that just died may still be under way. */
const sameClockMs = 50
const measuredClockMs = 1_000
const underWayMs = 500

export const effectSenders: Check = {
  name: 'effect-senders',
  promise:
    'Every effect is sent by the workflow that owes it, from a running attempt of one of its activities.',
  about: ['effects'],
  judge(analysis) {
    // Whoever was not written for the harness may name no activity, or another's.
    const isKnown = ({ activity }: EffectCall) => activity.kind !== 'none' || !mayHaveAnyEffects(analysis)
    const effectCalls = analysis.effectCalls.filter(isKnown)
    const owed = Map.groupBy(owedEffects(analysis), ({ key }) => key)
    const wrong = [
      ...inNobodysName(effectCalls, owed),
      ...inAnothersName(analysis, owed),
      ...fromUnstarted(analysis),
      ...atTheWrongTime(analysis),
    ]
    const found = [...findings('safety', wrong), ...findings('assumption', fromTheDead(analysis))]
    const why =
      analysis.effectCalls.length === 0
        ? 'no activity called the ledger'
        : 'no call says which attempt of this run it is of'
    return checkedIf(effectCalls.filter(namesAttempt), found, why)
  },
}

function inNobodysName(calls: readonly EffectCall[], owed: OwedByKey): string[] {
  return calls.flatMap((call) => {
    const { activity, key } = call
    if (activity.kind !== 'none') return []
    // A workflow that an activity starts, say, is one that the harness does not follow.
    if (!activity.isRunKnown && owed.get(key)?.some(mayComeFromAnyWorkflow)) return []
    return [`foreign: ${key} was sent by ${describeCall(call)}, but ${activity.why}`]
  })
}

/** A workflow may act by its later runs and its children. */
function inAnothersName({ record, effectCalls }: RunAnalysis, byKey: OwedByKey): string[] {
  const rootOf = rootsOf(record)
  return effectCalls.filter(namesAttempt).flatMap((call) => {
    const owed = byKey.get(call.key) ?? []
    const root = rootOf.get(call.runId)
    const isOwn = owed.some((one) => one.rootRunId === root || mayComeFromAnyWorkflow(one))
    if (root === undefined || isOwn || owed.length === 0) return []
    const owners = [...new Set(owed.map(({ workflowId }) => workflowId))].join(' or ')
    return [
      `foreign: ${call.key} is an effect of ${owners}, but was sent by ${describeCall(call)} of ${call.workflowId}`,
    ]
  })
}

/** Records of earlier versions do not say who may act. */
function mayComeFromAnyWorkflow({ declared }: OwedEffect): boolean {
  return declared === null || declared.fromAnyWorkflow === true
}

function atTheWrongTime(analysis: RunAnalysis): string[] {
  const { record, effectCalls } = analysis
  const errorMs = Math.abs(observationsOf(record, 'clock').at(-1)?.errorMs ?? 0)
  const toleranceMs = errorMs + (record.header.clockOffsetMs === undefined ? sameClockMs : measuredClockMs)
  const ownerAt = ownersOf(record.timeline)
  return effectCalls.filter(namesAttempt).flatMap((call) => {
    if (call.activity.kind !== 'task') return []
    const why = whyWrong(call, call.activity, toleranceMs, ownerAt)
    return why === undefined ? [] : [`${why} (${describeCall(call)} of ${call.workflowId})`]
  })
}

function whyWrong(
  { key, outcome, attempt, by, receivedAtMs }: EffectCall & NamedEffect,
  { scheduledMs, lastAttempt, closed }: ActivityTask,
  toleranceMs: number,
  ownerAt: OwnerAt,
): string | undefined {
  const before = (atMs: number) => receivedAtMs < atMs - toleranceMs
  if (before(scheduledMs)) {
    return `early: ${key} was sent ${formatDuration(scheduledMs - receivedAtMs)} before its activity was scheduled`
  }
  if (closed?.isCompleted && outcome === 'new' && receivedAtMs > closed.atMs + toleranceMs) {
    return `late: the ledger accepted ${key} ${formatDuration(receivedAtMs - closed.atMs)} after its activity was reported completed`
  }
  // Earlier attempts leave no trace in the history.
  if (lastAttempt === null || attempt < lastAttempt.number || before(lastAttempt.startedMs)) return undefined
  if (attempt > lastAttempt.number) {
    return `foreign: ${key} was sent by attempt ${attempt}, but the last attempt was number ${lastAttempt.number}`
  }
  const owner = ownerAt(lastAttempt.identity, lastAttempt.startedMs)
  return owner === undefined || owner === by
    ? undefined
    : `foreign: ${key} was sent by ${by}, but ${owner} ran attempt ${attempt}`
}

/** The ledger learns its callers from the harness, which starts them; earlier versions let callers say who they are. */
function fromUnstarted({ record, effectCalls }: RunAnalysis): string[] {
  const started = new Set(entriesOf(record.timeline, 'incarnation').map(({ identity }) => identity))
  return effectCalls.flatMap((call) =>
    call.worker === undefined || started.has(call.by)
      ? []
      : [`foreign: ${call.key} was sent by ${call.by}, which was never started (${describeCall(call)})`],
  )
}

/** If something of an incarnation acts after its exit, the fault that ended it did not hold. */
function fromTheDead({ record, effectCalls }: RunAnalysis): string[] {
  const exits = new Map(entriesOf(record.timeline, 'exited').map(({ identity, atMs }) => [identity, atMs]))
  return effectCalls.flatMap((call) => {
    const exitedMs = exits.get(call.by)
    if (exitedMs === undefined || call.receivedAtMs <= exitedMs + underWayMs) return []
    const afterMs = formatDuration(call.receivedAtMs - exitedMs)
    return [
      `stale: ${call.by} sent ${call.key} ${afterMs} after its exit, so something of it lived on (${describeCall(call)})`,
    ]
  })
}
