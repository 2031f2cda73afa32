// The activities that the server lists as running. History never shows a lost attempt.
import { optionalTsToMs } from '@temporalio/common/lib/time.js'
import proto from '@temporalio/proto'
import type { Observer } from '../../temporal/observer.ts'
import type { RunRecorder } from '../../record/recorder.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import { pendingActivities } from '../../temporal/pending-activities.ts'

const { PENDING_ACTIVITY_STATE_STARTED } = proto.temporal.api.enums.v1.PendingActivityState

/** If the server is down also, nobody waits for it longer than this. */
const withinMs = 1_000

interface RunningActivities {
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  readonly runs: readonly WorkflowRun[]
}

/** Adds the running activities of these runs to the timeline, if the server answers at once. */
export async function noteRunningActivities({
  observer,
  recorder,
  faultIndex,
  runs,
}: RunningActivities): Promise<void> {
  const { connection } = observer.client
  await Promise.allSettled(
    runs.map(async (run) => {
      const pending = await connection.withDeadline(Date.now() + withinMs, () =>
        pendingActivities(observer, run),
      )
      for (const activity of pending.filter(isStarted)) {
        const { activityId, attempt, lastStartedTime, lastHeartbeatTime } = activity
        const startedWallMs = optionalTsToMs(lastStartedTime)
        if (startedWallMs === undefined) continue
        recorder.mark({
          kind: 'running-activity',
          faultIndex,
          ...run,
          activityId: activityId ?? '',
          attempt: attempt ?? 1,
          startedWallMs,
          heartbeatWallMs: optionalTsToMs(lastHeartbeatTime) ?? null,
        })
      }
    }),
  )
}

export function isStarted({ state }: { readonly state?: number | null }): boolean {
  return state === PENDING_ACTIVITY_STATE_STARTED
}
