// The moments that every workload may have, by the names that scenarios use: `timer-1`, `activity-2`.
import { ChaosError, UsageError } from '../../core/errors.ts'
import type { SpanKind } from '../../history/span.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import { activityStarted } from '../../moments/activity.ts'
import { childStarted } from '../../moments/child.ts'
import { momentPassedCode, type Moment } from '../../moments/moment.ts'
import { timerStarted } from '../../moments/timer.ts'

interface MomentKind {
  readonly name: string
  /** The part of a history that the moment lasts for. */
  readonly span: SpanKind
  /** The attribute that names the type of what the span opens; null if it has none. */
  readonly typeField: 'activityType' | 'workflowType' | null
  of(run: WorkflowRun, nth: number): Moment
}

export const momentKinds: readonly MomentKind[] = [
  { name: 'timer', span: 'timer', typeField: null, of: timerStarted },
  { name: 'activity', span: 'activity', typeField: 'activityType', of: activityStarted },
  { name: 'child', span: 'child-workflow', typeField: 'workflowType', of: childStarted },
]

/** @throws UsageError `CHAOS_UNKNOWN_SCENARIO` */
export function momentNamed(name: string, run: WorkflowRun): Moment {
  const [, kind, nth] = /^([a-z]+)-(\d+)$/.exec(name) ?? []
  const known = momentKinds.find((one) => one.name === kind)
  if (known !== undefined) return known.of(run, Number(nth))
  throw new UsageError(
    `there is no moment ${JSON.stringify(name)}`,
    `Moments are ${momentKinds.map((one) => `${one.name}-1`).join(', ')}, with any number.`,
    'CHAOS_UNKNOWN_SCENARIO',
  )
}

/** Whether this says that a moment was over before anything could show it. */
export function isPassed(thrown: unknown): boolean {
  return thrown instanceof ChaosError && thrown.code === momentPassedCode
}
