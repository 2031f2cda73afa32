// The calls that the ledger got, each with the activity that made it.
import { namesAttempt, type Effect } from '../record/effect.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { AlignedHistory } from './aligned-history.ts'
import { activityFinder, type CallingActivity } from './calling-activity.ts'

export interface EffectCall extends Effect {
  readonly activity: CallingActivity
  /** The sender's label, `worker-1#2`; only `incarnation 2` if the record does not name the worker. */
  readonly by: string
}

/** In the order of their arrival. */
export function effectCallsOf(record: RunRecord, histories: readonly AlignedHistory[]): EffectCall[] {
  const activityOf = activityFinder(histories)
  const labelOf = labeller(record)
  return record.effects.map((effect) => ({ ...effect, activity: activityOf(effect), by: labelOf(effect) }))
}

/** Effects of earlier versions name no worker; then it is clear only if the run had a single one. */
function labeller({ timeline }: RunRecord): (effect: Effect) => string {
  const names = new Set(entriesOf(timeline, 'incarnation').map(({ worker }) => worker))
  const [only] = names.size === 1 ? names : []
  return ({ worker = only, incarnation }) =>
    worker === undefined ? `incarnation ${incarnation}` : `${worker}#${incarnation}`
}

/** The first accepted call of each key. */
export function acceptedByKey(calls: readonly EffectCall[]): ReadonlyMap<string, EffectCall> {
  const accepted = calls.filter(({ outcome }) => outcome === 'new')
  return new Map(accepted.toReversed().map((call) => [call.key, call]))
}

/** `activity 2 (charge) attempt 1 by worker-1#2`. */
export function describeCall(call: EffectCall): string {
  const { activity, activityId, attempt, by } = call
  if (!namesAttempt(call)) return `a call by ${by} that names no attempt`
  const type = activity.kind === 'task' ? ` (${activity.type})` : ''
  return `activity ${activityId}${type} attempt ${attempt} by ${by}`
}
