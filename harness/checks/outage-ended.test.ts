import { expect, test } from 'vitest'
import { asleep, injected } from '../../test/support/analysed-record.ts'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { outageEnded } from './outage-ended.ts'

/** The timer fires, and somebody goes on with the workflow. */
const settled = [
  ...asleep,
  event(5, 4_000, 'TimerFired', { timerId: '1', startedEventId: '4' }),
  event(6, 4_000, 'WorkflowTaskScheduled'),
  event(7, 4_030, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#1' }),
  event(8, 4_050, 'WorkflowTaskCompleted', { scheduledEventId: '6', startedEventId: '7' }),
  event(9, 4_050, 'WorkflowExecutionCompleted'),
]

test('a target that came back keeps the promise', async () => {
  expect(judged(outageEnded, await storedRecord('due-after-the-outage'))).toEqual({
    status: 'kept',
    findings: [],
  })
  expect(judged(outageEnded, recordOf([], []))).toMatchObject({ status: 'not-checked' })
})

test('work that was settled without the target recovered from nothing', () => {
  expect(judged(outageEnded, recordOf(settled, killed(2_000))).findings).toEqual([
    {
      kind: 'assumption',
      message: 'kill-worker on worker-1#1 was never seen to end: nothing recovered from it',
    },
  ])
  expect(judged(outageEnded, recordOf(settled, killed(2_000, 3_000))).findings).toEqual([])
})

test('work that was never settled is a late recovery, and no missing end', () => {
  expect(judged(outageEnded, recordOf(asleep, killed(2_000)))).toEqual({ status: 'kept', findings: [] })
  // While a service is down nothing is due, so a workflow that goes on sleeping is owed nothing.
  const sleeping = recordOf(asleep, injected(1, 'dead', 'temporal-server', 2_000, 3_000).slice(0, 2))
  expect(judged(outageEnded, sleeping)).toEqual({ status: 'kept', findings: [] })
})

test.each([
  ['wire', 'cut'],
  ['service', 'slow'],
] as const)('a %s that is %s may stay so', (kind, effect) => {
  const timeline = killed(2_000).map((entry) =>
    entry.kind === 'fault' ? { ...entry, target: { kind, name: 'x' }, effect } : entry,
  )
  expect(judged(outageEnded, recordOf(settled, timeline))).toMatchObject({ status: 'not-checked' })
})
