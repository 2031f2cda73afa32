// Which activities the server counts as running: once an attempt is lost, nothing tells of it any more.
import { optionalTsToMs } from '@temporalio/common/lib/time.js'
import proto from '@temporalio/proto'
import type { Observer } from '../../temporal/observer.ts'
import type { RunRecorder } from '../../record/recorder.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import { pendingActivities } from '../../temporal/pending-activities.ts'

const { PENDING_ACTIVITY_STATE_STARTED } = proto.temporal.api.enums.v1.PendingActivityState

/** A server that is down, too, is not waited for. */
const withinMs = 1_000

export interface Struck {
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  readonly runs: readonly WorkflowRun[]
}

/** Puts the running activities of these runs on the timeline, of those that the server tells of at once. */
export async function noteRunningActivities({ observer, recorder, faultIndex, runs }: Struck): Promise<void> {
  const { connection } = observer.client
  await Promise.allSettled(
    runs.map(async (run) => {
      const pending = await connection.withDeadline(Date.now() + withinMs, () =>
        pendingActivities(observer, run),
      )
      for (const { activityId, state, attempt, lastStartedTime, lastHeartbeatTime } of pending) {
        const startedWallMs = optionalTsToMs(lastStartedTime)
        if (state !== PENDING_ACTIVITY_STATE_STARTED || startedWallMs === undefined) continue
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
