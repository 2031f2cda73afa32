import { expect, test } from 'vitest'
import { MemoryTimeline } from '../../../test/support/memory-timeline.ts'
import { event } from '../../../test/support/stored-record.ts'
import { Deadline } from '../../core/deadline.ts'
import type { HistoryEvent } from '../../history/event.ts'
import { activityStarted } from '../../moments/activity.ts'
import { HistoryCapture } from '../../temporal/history-capture.ts'
import { reachMoment } from './moment-steps.ts'

const run = { workflowId: 'w', runId: 'r' }
const scheduled = event(5, 100, 'ActivityTaskScheduled', { activityId: '1' })
const ended = [
  event(6, 130, 'ActivityTaskStarted', { scheduledEventId: '5' }),
  event(7, 142, 'ActivityTaskCompleted', { scheduledEventId: '5', startedEventId: '6' }),
]

/** @param seen the activities that the server shows as running, each time that it is asked */
function reaching(history: readonly HistoryEvent[], seen: readonly string[]) {
  const capture = new HistoryCapture(run)
  for (const one of history) capture.add(one)
  const timeline = new MemoryTimeline()
  const deadline = Deadline.after(60_000)
  const pendingActivities = seen.map((activityId) => ({ activityId, state: 2 }))
  const connection = {
    withAbortSignal: (_: AbortSignal, call: () => unknown) => call(),
    workflowService: { describeWorkflowExecution: async () => ({ pendingActivities }) },
  }
  const reached = reachMoment(
    {
      timeline,
      deadline,
      step: (_name, work) => work(),
      workflows: {
        captureOf: () => capture,
        orPending: (of, find, waiting) => of.until(find, deadline, waiting),
      },
      observer: { client: { connection }, namespace: 'default' } as never,
    },
    activityStarted(run),
  )
  return { capture, timeline, reached }
}

test('an activity that the server shows as running is reached', async () => {
  const { timeline, reached } = reaching([scheduled], ['1'])
  await reached
  expect(timeline.entries.at(-1)).toMatchObject({ kind: 'moment', eventId: '5' })
})

test('the wait for an activity ends as soon as the history shows that it is over', async () => {
  const { capture, timeline, reached } = reaching([scheduled], [])
  for (const one of ended) capture.add(one)
  await expect(reached).rejects.toMatchObject({
    code: 'CHAOS_MOMENT_PASSED',
    kind: 'unmet',
    message:
      'waited for activity 1 of w to be started, and the moment came and went: it was over after 12 ms (ActivityTaskCompleted)',
  })
  expect(timeline.entries.at(-1)).toMatchObject({ kind: 'moment-passed', eventId: '5', tookMs: 12 })
})

test('nothing is awaited of an activity that its workflow left behind', async () => {
  const { capture, reached } = reaching([scheduled], [])
  capture.add(event(6, 200, 'WorkflowExecutionCompleted'))
  await expect(reached).rejects.toMatchObject({ code: 'CHAOS_MOMENT_NOT_REACHED' })
})
