// The server's view of a running activity: history shows its attempts only once the last one has ended.
import proto from '@temporalio/proto'
import type { Deadline, Waiting } from '../../core/deadline.ts'
import type { PendingActivity, ServerViewMoment } from '../../moments/moment.ts'
import { textAttribute, type HistoryEvent } from '../../history/event.ts'
import { withCallSignal, type Observer } from '../../temporal/observer.ts'
import { decodeFirstPayload, isUnreadable } from '../../temporal/payloads.ts'
import { pendingActivities } from '../../temporal/pending-activities.ts'

const { PendingActivityState } = proto.temporal.api.enums.v1

/** The polling interval: the resolution of moments that the server must confirm. */
const askEveryMs = 50

/**
 * Waits until the server's view of the activity that `scheduled` opened proves the moment.
 * @throws ChaosError by `waiting`, at the deadline
 */
export async function untilSeenByServer(
  observer: Observer,
  { run, isSeen }: Pick<ServerViewMoment, 'run' | 'isSeen'>,
  scheduled: HistoryEvent,
  deadline: Deadline,
  waiting: Waiting,
): Promise<void> {
  const activityId = textAttribute(scheduled, 'activityId')
  await deadline.poll(
    async (signal) => {
      const activities = await withCallSignal(signal, observer, () => pendingActivities(observer, run))
      const pending = activities.find((one) => one.activityId === activityId)
      if (pending === undefined) return undefined
      const heartbeat = await decodeFirstPayload(
        observer,
        { workflowId: run.workflowId, ...(activityId === undefined ? {} : { activityId }) },
        pending.heartbeatDetails?.payloads,
      ).catch(unlessUnreadable)
      return isSeen({ ...stateOf(pending), heartbeat }) ? true : undefined
    },
    { ...waiting, everyMs: askEveryMs },
  )
}

/** A converter of the worker's own encodes it: that the activity runs is known all the same. */
function unlessUnreadable(thrown: unknown): undefined {
  if (!isUnreadable(thrown)) throw thrown
}

function stateOf({
  activityId,
  state,
  attempt,
}: {
  readonly activityId?: string | null
  readonly state?: number | null
  readonly attempt?: number | null
}): Omit<PendingActivity, 'heartbeat'> {
  return {
    activityId: activityId ?? '',
    isStarted: state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED,
    attempt: attempt ?? 1,
  }
}
