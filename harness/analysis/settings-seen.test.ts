import { expect, test } from 'vitest'
import { begunBy } from '../../test/support/analysed-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { analyse } from './analyse.ts'
import { settingsSeenIn } from './settings-seen.ts'

const payment = (id: number, options: object) =>
  event(id, 1_000, 'ActivityTaskScheduled', {
    activityId: String(id),
    activityType: { name: 'payment' },
    scheduleToCloseTimeout: '0s',
    ...options,
  })

const started = event(0, 800, 'WorkflowExecutionStarted', {
  workflowType: { name: 'Order' },
  workflowTaskTimeout: '10s',
})

test('what a worker and its workflows use is read from their histories, with where it stands', () => {
  const retryPolicy = {
    initialInterval: '1s',
    backoffCoefficient: 2,
    maximumInterval: '100s',
    maximumAttempts: 3,
  }
  const record = recordOf(
    [
      started,
      ...begunBy('temporal-go'),
      payment(4, { startToCloseTimeout: '300s', heartbeatTimeout: '0s' }),
      payment(5, { startToCloseTimeout: '300s' }),
      payment(6, {
        startToCloseTimeout: '3s',
        heartbeatTimeout: '1s',
        scheduleToStartTimeout: '60s',
        retryPolicy,
      }),
      event(7, 1_500, 'WorkflowTaskScheduled'),
      event(8, 6_504, 'WorkflowTaskTimedOut', {
        scheduledEventId: '7',
        timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START',
      }),
    ],
    killed(1_400, 2_000),
  )
  const none = { scheduleToCloseMs: null, scheduleToStartMs: null, heartbeatMs: null, retry: null }
  expect(settingsSeenIn(analyse(record))).toEqual({
    sdks: [{ name: 'temporal-go', version: '1.24.0' }],
    workflows: [{ type: 'Order', taskTimeoutMs: 10_000, seenIn: 'event 0 of w' }],
    sticky: { scheduleToStartMs: 5_004, seenIn: 'event 8 of w' },
    activities: [
      { ...none, type: 'payment', startToCloseMs: 300_000, seenIn: 'event 4 of w' },
      {
        type: 'payment',
        startToCloseMs: 3_000,
        scheduleToCloseMs: null,
        scheduleToStartMs: 60_000,
        heartbeatMs: 1_000,
        retry: {
          initialIntervalMs: 1_000,
          backoffCoefficient: 2,
          maximumIntervalMs: 100_000,
          maximumAttempts: 3,
        },
        seenIn: 'event 6 of w',
      },
    ],
    asked: { 'activity.startToCloseTimeout': 5_000 },
  })
})

test('workflows that the harness probes with are not the user’s', () => {
  const record = recordOf([started, payment(4, {})], [])
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'workflow' ? { ...entry, origin: 'probe' as const } : entry,
  )
  expect(settingsSeenIn(analyse({ ...record, timeline }))).toMatchObject({ workflows: [], activities: [] })
})

test('a record of an earlier version shows its settings as well', async () => {
  const seen = settingsSeenIn(analyse(await storedRecord('signals-after-a-restart')))
  expect(seen.sdks).toEqual([{ name: 'temporal-typescript', version: '1.24.0' }])
  expect(seen.workflows[0]).toMatchObject({ taskTimeoutMs: 2_000 })
  expect(seen.activities[0]).toMatchObject({ startToCloseMs: 5_000, heartbeatMs: 1_000 })
  expect(seen.asked).toMatchObject({
    'start.workflowTaskTimeout': 2_000,
    'activity.retry.initialInterval': 100,
  })
})
