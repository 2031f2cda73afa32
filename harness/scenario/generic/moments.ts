// The moments that every workload may have, by the names that scenarios and people use: `timer-1`, `activity-2`.
import { UsageError } from '../../core/errors.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import { activityStarted } from '../../moments/activity.ts'
import { childStarted } from '../../moments/child.ts'
import type { Moment } from '../../moments/moment.ts'
import { timerStarted } from '../../moments/timer.ts'

const byKind = {
  timer: timerStarted,
  activity: activityStarted,
  child: childStarted,
} as const satisfies Record<string, (run: WorkflowRun, nth: number) => Moment>

/** @throws UsageError `CHAOS_UNKNOWN_SCENARIO` */
export function momentNamed(name: string, run: WorkflowRun): Moment {
  const [, kind, nth] = /^(timer|activity|child)-(\d+)$/.exec(name) ?? []
  if (kind === undefined) {
    throw new UsageError(
      `there is no moment ${JSON.stringify(name)}`,
      'Moments are timer-1, activity-1, child-1, with any number.',
      'CHAOS_UNKNOWN_SCENARIO',
    )
  }
  return byKind[kind as keyof typeof byKind](run, Number(nth))
}
