// Makes the server skip time for one workflow: its timers fire when they are due by the workflow's own clock.
import { randomUUID } from 'node:crypto'
import { msToTs } from '@temporalio/common/lib/time.js'
import type { Deadline } from '../core/deadline.ts'
import { formatDuration } from '../core/duration.ts'
import { ChaosError } from '../core/errors.ts'
import { fetchHistory, type HistoryCapture } from '../temporal/history-capture.ts'
import { eventNumber, isClosing, type HistoryEvent } from '../history/event.ts'
import { retryThroughOutage, type Observer } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { skipRequestsOf } from '../history/skip-request.ts'
import { skipsOf, type Skip } from '../history/virtual-time.ts'

export interface SkipTimeOptions {
  readonly observer: Observer
  readonly recorder: Pick<RunRecorder, 'mark'>
  /** The history of the run whose time is skipped: the current run of its chain. */
  readonly capture: HistoryCapture
  readonly deadline: Deadline
  /** How far to set the workflow's clock forward, in whole milliseconds. */
  readonly durationMs: number
}

/**
 * Asks the server to skip time for a workflow, and waits until the history shows the first skip. The server
 * skips to the next timer or activity retry of the workflow, up to `durationMs` altogether, and only while no
 * workflow task, activity or child is running. No other workflow is affected.
 *
 * Needs `frontend.WorkflowTimeSkippingEnabled` in the server's dynamic configuration.
 * @throws ChaosError `CHAOS_TIME_NOT_SKIPPED` (kind unmet) if the server could not skip before the deadline
 */
export async function skipTime(options: SkipTimeOptions): Promise<void> {
  const { observer, recorder, capture, deadline, durationMs } = options
  const { run } = capture
  const id = randomUUID()
  const what = `the server to skip ${formatDuration(durationMs)} of ${run.workflowId}`
  let isAgain = false
  await retryThroughOutage(observer, deadline, what, async (signal) => {
    // The server does not recognize a repeated id: it would skip once more.
    if (isAgain && requestOf(id, await fetchHistory(observer, run, signal)) !== undefined) return
    isAgain = true
    await ask(observer, run, id, durationMs)
  })
  const waiting = { what, code: 'CHAOS_TIME_NOT_SKIPPED', kind: 'unmet' } as const
  const { fromMs, untilMs } = await capture.until((events) => skipFor(id, events, what), deadline, waiting)
  recorder.mark({ kind: 'time-skipped', ...run, durationMs, skippedMs: untilMs - fromMs })
}

async function ask(
  { client, namespace }: Observer,
  run: HistoryCapture['run'],
  id: string,
  durationMs: number,
): Promise<void> {
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { ...run },
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        fastForwardConfig: { id, duration: msToTs(durationMs) },
        // Children would otherwise skip time without an end.
        disablePropagation: true,
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  })
}

function requestOf(id: string, events: readonly HistoryEvent[]): HistoryEvent | undefined {
  return skipRequestsOf(events).find((request) => request.id === id)?.event
}

/** The first skip after the request; undefined while one may still come. */
function skipFor(id: string, events: readonly HistoryEvent[], what: string): Skip | undefined {
  const request = requestOf(id, events)
  if (request === undefined) return undefined
  const isAfter = (event: HistoryEvent) => eventNumber(event) > eventNumber(request)
  const skip = skipsOf(events).find(({ event }) => isAfter(event))
  if (skip !== undefined || !events.some((event) => isAfter(event) && isEnd(event))) return skip
  throw new ChaosError(`waited for ${what}: it had no opportunity before the time was over`, {
    code: 'CHAOS_TIME_NOT_SKIPPED',
    kind: 'unmet',
  })
}

/** The workflow has ended, or the time has passed without a skip. */
function isEnd(event: HistoryEvent): boolean {
  return isClosing(event) || event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED'
}
