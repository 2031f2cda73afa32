import { describe, expect, test } from 'vitest'
import { asleep, figuresOf, injected } from '../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse } from './analyse.ts'
import { faultResults } from './outages.ts'

function faultsOf(record: RunRecord) {
  return faultResults(analyse(record).outages)
}

describe('the outage of a service', () => {
  const fired = [
    ...asleep,
    event(5, 7_100, 'TimerFired', { timerId: '1', startedEventId: '4' }),
    event(6, 7_100, 'WorkflowTaskScheduled'),
    event(7, 7_200, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#1' }),
    event(8, 7_250, 'WorkflowTaskCompleted', { scheduledEventId: '6', startedEventId: '7' }),
  ]
  test.for([
    ['dead', 'temporal-server'],
    ['frozen', 'temporal-server'],
    ['frozen', 'postgres'],
    ['cut', 'postgres'],
  ] as const)(
    'that leaves a service %s is reported separately: nothing is due while it lasts',
    ([effect, name]) => {
      const record = recordOf(fired, injected(1, effect, name, 2_000, 7_000))
      expect(figuresOf(record)).toEqual([{ subject: 'timer 1', dueMs: 7_000, recoveryMs: 250 }])
      expect(faultsOf(record)).toMatchObject([
        { target: { kind: 'service', name }, effect, startedAtMs: 2_000, outageMs: 5_000 },
      ])
    },
  )

  test.for(['wire', 'dependency'] as const)(
    'of a %s is no outage of a service: due work stays due',
    (kind) => {
      const record = recordOf(fired, injected(1, 'cut', 'frontend', 2_000, 7_000, kind))
      expect(figuresOf(record)).toEqual([{ subject: 'timer 1', dueMs: 4_000, recoveryMs: 3_250 }])
      expect(faultsOf(record).map(({ outageMs }) => outageMs)).toEqual([5_000])
    },
  )

  test('is over when the service itself serves, not when another one does', () => {
    const record = recordOf(fired, [
      ...injected(1, 'frozen', 'postgres', 2_000, 7_000),
      { kind: 'serving', atMs: 3_000, target: 'temporal-server', evidence: { pid: 7 } },
    ])
    expect(faultsOf(record).map(({ outageMs }) => outageMs)).toEqual([5_000])
  })

  test('that the scenario never ended has no length, and changes no figure', () => {
    const [fault, confirmed] = injected(1, 'frozen', 'postgres', 2_000, 7_000)
    const entries = [fault, confirmed].filter((entry) => entry !== undefined)
    expect(faultsOf(recordOf(fired, entries)).map(({ outageMs }) => outageMs)).toEqual([null])
  })

  test('with a second outage, nothing is due until both services serve', () => {
    const record = recordOf(fired, [
      ...injected(1, 'dead', 'temporal-server', 2_000, 7_000),
      ...injected(2, 'dead', 'postgres', 2_001, 3_000),
    ])
    expect(figuresOf(record).map(({ dueMs }) => dueMs)).toEqual([7_000, 7_000])
  })
})

test('a worker that exits while its next incarnation is ready causes no outage', () => {
  const [ready, fault, exited, confirmed] = killed(2_000)
  const beside: TimelineEntry = {
    kind: 'incarnation',
    phase: 'ready',
    atMs: 1_500,
    worker: 'worker-1',
    incarnation: 2,
    identity: 'worker-1#2',
    pid: 12,
  }
  const entries = [ready, beside, fault, exited, confirmed].filter((entry) => entry !== undefined)
  expect(faultsOf(recordOf(asleep, entries)).map(({ outageMs }) => outageMs)).toEqual([5])
})
