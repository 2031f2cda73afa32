// After a heal everything is as it should be, so no attempt may fail or time out until the next fault.
import { formatDuration } from '../core/duration.ts'
import { healedBefore, type FailedAttempts } from '../analysis/failed-attempts.ts'
import { activityType } from '../analysis/pending-activity.ts'
import { textAttribute } from '../history/event.ts'
import { faultLabel } from '../record/fault.ts'
import { checkedIf, late, type Check } from './check.ts'

export const attempts: Check = {
  name: 'attempts',
  promise: 'After a heal no attempt fails or times out without a new fault.',
  judge({ histories, outages, failedAttempts }) {
    const begun = histories.flatMap(({ spans, at }) =>
      spans.filter(({ kind, opened }) => {
        const beganMs = at(opened)
        const isTask = kind === 'activity' || kind === 'workflow-task'
        return isTask && healedBefore({ beganMs, untilMs: beganMs }, outages) !== undefined
      }),
    )
    // A machine that was starved while they ran may have made them fail.
    const found = failedAttempts
      .filter(({ wasHeld }) => !wasHeld)
      .map((failed) => late(describe(failed), { fromMs: failed.beganMs, untilMs: failed.untilMs }))
    return checkedIf(begun, found, 'no work began after a heal')
  },
}

function describe({ history, span, outage, beganMs, untilMs, what }: FailedAttempts): string {
  const { kind, opened } = span
  const subject =
    kind === 'activity'
      ? `activity ${textAttribute(opened, 'activityId') ?? ''} ${activityType(opened)}`
      : `workflow task ${opened.eventId}`
  return [
    `${subject} of ${history.workflowId} began ${formatDuration(beganMs - outage.untilMs)} after the heal of ${faultLabel(outage.fault)}`,
    `and had a failed attempt without a new fault: ${what}, ${formatDuration(untilMs - beganMs)} in all`,
  ].join(' ')
}
