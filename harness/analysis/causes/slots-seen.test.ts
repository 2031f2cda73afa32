import { describe, expect, test } from 'vitest'
import { begun, injected, obligationsOf } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'
import type { HistoryEvent } from '../../history/event.ts'
import type { ObservationEntryOf } from '../../record/observation.ts'
import type { RunRecord } from '../../record/record.ts'
import type { TimelineEntry } from '../../record/timeline.ts'

interface Ran {
  readonly scheduledMs?: number
  readonly startedMs: number
  readonly doneMs: number
  readonly on?: string
  readonly attempt?: number
}

/** Charges, in this order, each told to the workflow as soon as it is done. */
function charges(...all: Ran[]): HistoryEvent[] {
  const events = all.flatMap(
    ({ scheduledMs = 1_000, startedMs, doneMs, on = 'worker-1#1', attempt = 1 }, nth) => {
      const id = 10 + 10 * nth
      return [
        event(id, scheduledMs, 'ActivityTaskScheduled', {
          activityId: `c${nth}`,
          activityType: { name: 'charge' },
        }),
        event(id + 1, startedMs, 'ActivityTaskStarted', {
          scheduledEventId: String(id),
          identity: on,
          attempt,
        }),
        event(id + 2, doneMs, 'ActivityTaskCompleted', {
          scheduledEventId: String(id),
          startedEventId: String(id + 1),
        }),
        event(id + 3, doneMs, 'WorkflowTaskScheduled'),
        event(id + 4, doneMs + 1, 'WorkflowTaskStarted', { scheduledEventId: String(id + 3), identity: on }),
        event(id + 5, doneMs + 2, 'WorkflowTaskCompleted', {
          scheduledEventId: String(id + 3),
          startedEventId: String(id + 4),
        }),
      ]
    },
  )
  return [...begun, ...events]
}

function waitOf(activity: string, record: RunRecord) {
  const found = obligationsOf(record).find(({ subject }) => subject === `activity ${activity} charge`)
  return { recoveryMs: found?.recoveryMs, queuedMs: found?.queuedMs, cause: found?.cause?.name }
}

/** The service is away from 2,000 to 3,000 ms, while the worker is full with two charges. */
const away = injected(1, 'dead', 'temporal-server', 2_000, 3_000)
const twoAtOnce = [
  { startedMs: 1_010, doneMs: 4_500 },
  { startedMs: 1_020, doneMs: 4_000 },
]

describe('a worker of two slots that had a queue before the fault', () => {
  test('lets a charge wait for others that it began after the fault: no recovery', () => {
    const record = recordOf(
      charges(
        ...twoAtOnce,
        { startedMs: 4_010, doneMs: 9_000 },
        { startedMs: 4_510, doneMs: 10_000 },
        { startedMs: 9_010, doneMs: 14_000 },
        { startedMs: 10_010, doneMs: 15_000 },
      ),
      away,
    )
    expect(waitOf('c2', record)).toEqual({
      recoveryMs: 2,
      queuedMs: 1_010,
      cause: 'no free activity slot',
    })
    expect(waitOf('c4', record)).toMatchObject({ recoveryMs: 2, queuedMs: 6_010 })
    expect(waitOf('c5', record)).toMatchObject({ recoveryMs: 2, queuedMs: 7_010 })
  })

  test('is not full with a charge whose answer the outage held up, beyond the time that a charge takes', () => {
    const short = { scheduledMs: 1_000, startedMs: 1_010, doneMs: 1_500 }
    const record = recordOf(
      charges(
        short,
        { startedMs: 1_020, doneMs: 7_000 },
        { startedMs: 1_510, doneMs: 7_000 },
        { startedMs: 7_010, doneMs: 7_500 },
      ),
      away,
    )
    expect(waitOf('c3', record)).toEqual({
      recoveryMs: 4_012,
      queuedMs: undefined,
      cause: 'no free activity slot',
    })
  })

  test('kept others waiting after its restart as before: only its absence is recovery', () => {
    const timeline: TimelineEntry[] = [
      ...killed(2_000, 2_600),
      ...['c0', 'c1'].map((activityId, nth) => ({
        kind: 'running-activity' as const,
        atMs: 2_050,
        faultIndex: 1,
        workflowId: 'w',
        runId: 'r',
        activityId,
        activityType: 'charge',
        attempt: 1,
        startedWallMs: Date.parse('2026-01-01T00:00:01Z') + 10 + 10 * nth,
        heartbeatWallMs: null,
      })),
    ]
    const on = 'worker-1#2'
    const lost = { attempt: 2, on }
    const record = recordOf(
      charges(
        { startedMs: 13_000, doneMs: 14_000, ...lost },
        { startedMs: 13_010, doneMs: 14_000, ...lost },
        { startedMs: 2_610, doneMs: 7_600, on },
        { startedMs: 2_620, doneMs: 7_600, on },
        { startedMs: 7_610, doneMs: 12_900, on },
      ),
      timeline,
    )
    expect(waitOf('c2', record)).toMatchObject({ recoveryMs: 612, queuedMs: undefined })
    expect(waitOf('c4', record)).toMatchObject({ recoveryMs: 622, queuedMs: 4_990 })
  })
})

test('a worker that nothing had to wait for before the fault was not full: its queue is the fault’s doing', () => {
  const record = recordOf(
    charges(
      { scheduledMs: 1_900, startedMs: 3_010, doneMs: 9_000 },
      { scheduledMs: 1_900, startedMs: 3_020, doneMs: 9_000 },
      { scheduledMs: 1_900, startedMs: 9_010, doneMs: 9_500 },
    ),
    away,
  )
  expect(waitOf('c2', record)).toEqual({
    recoveryMs: 6_012,
    queuedMs: undefined,
    cause: 'no free activity slot',
  })
})

describe('waiting as long as in the golden run is no recovery', () => {
  const golden = (charge: number): ObservationEntryOf<'golden'> => ({
    kind: 'golden',
    folder: 'golden/s',
    sealSha256: '0'.repeat(64),
    state: { version: 1, workflows: [], activityWaitsMs: { charge } },
  })
  const record = recordOf(charges({ startedMs: 9_000, doneMs: 9_500 }), away)
  const against = (charge: number) => ({
    ...record,
    observations: [...record.observations, golden(charge)],
  })

  test.for([
    ['longer than there', 4_000, 2_002, 4_000],
    ['shorter than there', 60_000, 2, 6_000],
    ['with hardly any there', 40, 6_002, undefined],
  ] as const)('%s', ([, there, recoveryMs, queuedMs]) => {
    expect(waitOf('c0', against(there))).toMatchObject({ recoveryMs, queuedMs })
  })

  test('the scenario may tell it as well, as one that was explored without faults does', () => {
    const told = { ...record, header: { ...record.header, activityWaitsMs: { charge: 4_000 } } }
    expect(waitOf('c0', told)).toMatchObject({ recoveryMs: 2_002, queuedMs: 4_000 })
  })

  test('a timeout is, however long the golden run waited for a worker', () => {
    const timedOut = recordOf(
      [
        ...begun,
        event(4, 1_000, 'ActivityTaskScheduled', {
          activityId: 'c0',
          activityType: { name: 'charge' },
          startToCloseTimeout: '10s',
        }),
        event(5, 11_030, 'ActivityTaskStarted', {
          scheduledEventId: '4',
          identity: 'worker-1#2',
          attempt: 2,
          lastFailure: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' } },
        }),
        event(6, 11_500, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
        event(7, 11_500, 'WorkflowTaskScheduled'),
        event(8, 11_500, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
        event(9, 11_501, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
      ],
      killed(1_500, 1_900),
    )
    const observations = [...timedOut.observations, golden(60_000)]
    expect(waitOf('c0', { ...timedOut, observations })).toMatchObject({
      recoveryMs: 9_531,
      queuedMs: undefined,
      cause: 'start-to-close timeout',
    })
  })
})
