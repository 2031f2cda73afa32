import { expect, test } from 'vitest'
import { begunBy, obligationsOf } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'
import { judgeRecord } from '../../checks/judge-record.ts'
import { eventTimeMs } from '../../history/event.ts'
import type { PendingActivityWork } from '../../history/pending-work.ts'
import type { ObservationEntryOf } from '../../record/observation.ts'
import type { RunRecord } from '../../record/record.ts'

/** A payment that a worker had when it was killed, and that is still open a minute later. */
function unpaid(pending?: Partial<PendingActivityWork>, options: object = {}): RunRecord {
  const record = recordOf(
    [
      ...begunBy('temporal-python'),
      event(4, 1_000, 'ActivityTaskScheduled', {
        activityId: '7',
        activityType: { name: 'payment' },
        startToCloseTimeout: '300s',
        heartbeatTimeout: '0s',
        ...options,
      }),
    ],
    killed(2_000, 3_000),
  )
  const work: PendingActivityWork = {
    activityId: '7',
    attempt: 1,
    isStarted: true,
    startedWallMs: eventTimeMs(event(1, 1_010, 'Now')),
    heartbeatWallMs: null,
    nextAttemptWallMs: null,
    lastWorker: 'worker-1#1',
    lastFailure: null,
    ...pending,
  }
  const run = { workflowId: 'w', runId: 'r', workflowTask: null }
  const seen: ObservationEntryOf<'pending'> = { kind: 'pending', ...run, activities: [work] }
  return pending === undefined ? record : { ...record, observations: [...record.observations, seen] }
}

const causesOf = (record: RunRecord) =>
  obligationsOf(record).map(({ recoveryMs, cause }) => ({ recoveryMs, cause }))

test('an attempt on a worker that is gone waits for its timeout, which is named as the SDK spells it', () => {
  expect(causesOf(unpaid({}))).toEqual([
    {
      recoveryMs: null,
      cause: {
        name: 'start-to-close timeout',
        setting: 'execute_activity(start_to_close_timeout=…)',
        observedMs: 300_000,
        detail:
          'attempt 1 was on the worker that is gone, and only its start-to-close timeout of 5 min 00 s ends it, no heartbeat',
      },
    },
  ])
  const beating = causesOf(unpaid({}, { heartbeatTimeout: '90s' }))
  expect(beating).toMatchObject([{ cause: { name: 'heartbeat timeout', observedMs: 90_000 } }])
})

test('attempts that fail are told with the last failure and the next try', () => {
  const failing = {
    attempt: 6,
    isStarted: false,
    nextAttemptWallMs: eventTimeMs(event(1, 67_000, 'Now')),
    lastWorker: 'worker-1#2',
    lastFailure: { message: 'Request failed with status code 400', timeoutType: null },
  }
  expect(causesOf(unpaid(failing))).toEqual([
    {
      recoveryMs: null,
      cause: {
        name: 'failed attempt',
        setting: null,
        observedMs: 58_000,
        detail: 'attempt 5 failed with "Request failed with status code 400", attempt 6 comes in 7.00 s',
      },
    },
  ])
})

test('the finding says it', () => {
  const { findings = [] } =
    judgeRecord(unpaid({}), '.').checks.find(({ check }) => check === 'recovery') ?? {}
  expect(findings.map(({ message }) => message)).toEqual([
    'activity 7 payment of w was open when kill-worker struck and was never settled: attempt 1 was on the worker ' +
      'that is gone, and only its start-to-close timeout of 5 min 00 s ends it, no heartbeat',
  ])
})

test.for([
  ['the server was not asked, as in older records', undefined],
  ['a living worker has the attempt', { attempt: 2, lastWorker: 'worker-1#2' }],
  ['the first attempt waits for a worker', { isStarted: false, lastWorker: '' }],
] as const)('nobody knows why if %s', ([, pending]) => {
  expect(causesOf(unpaid(pending))).toEqual([{ recoveryMs: null, cause: null }])
})
