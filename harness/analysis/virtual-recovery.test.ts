// Recovery where the server skipped time: durations count by the workflow's clock, waiting by the wall's.
import { describe, expect, test } from 'vitest'
import { event, killed, recordOf, skip, skipRequest, storedRecord } from '../../fixtures/stored-record.ts'
import { eventTimeMs } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { analyse, type RunAnalysis } from './analyse.ts'
import { pendingBecause } from './pending.ts'
import { alignedHistories } from './aligned-history.ts'

function obligationsOf(record: RunRecord) {
  return analyse(record).obligations
}

/** The recovery of the run. */
function recoveryOf({ obligations, worstObligation }: RunAnalysis) {
  return worstObligation === null ? null : obligations[worstObligation]?.recoveryMs
}

const dayMs = 86_400_000

/** A timer of a day that runs from 1,000 ms on. */
const asleep = [
  event(1, 900, 'WorkflowTaskScheduled'),
  event(2, 950, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#1' }),
  event(3, 1_000, 'WorkflowTaskCompleted', { scheduledEventId: '1', startedEventId: '2' }),
  event(4, 1_000, 'TimerStarted', { timerId: '1', startToFireTimeout: '86400s' }),
]

/** Until the timer is due; at 5,000 ms on the wall. */
const skippedToIt = [skipRequest(5, 5_000, dayMs), skip(6, 5_000, dayMs + 1_000)]

const woken = [
  event(7, dayMs + 1_800, 'TimerFired', { timerId: '1', startedEventId: '4' }),
  event(8, dayMs + 1_800, 'WorkflowTaskScheduled'),
  event(9, dayMs + 1_830, 'WorkflowTaskStarted', { scheduledEventId: '8', identity: 'worker-1#2' }),
  event(10, dayMs + 1_850, 'WorkflowTaskCompleted', { scheduledEventId: '8', startedEventId: '9' }),
]

test('a history is placed on the clock of the run, not on that of its workflow', () => {
  const [history] = alignedHistories(recordOf([...asleep, ...skippedToIt, ...woken], []))
  const fired = woken[0]
  if (history === undefined || fired === undefined) throw new Error('a history with a timer that fired')
  expect(history.at(fired)).toBe(5_800)
  expect(history.virtualAt(fired)).toBe(dayMs + 1_800)
  expect(history.reachedAt(dayMs + 1_000)).toBe(5_000)
})

describe('a timer', () => {
  test('that a skip led to is due at the skip, and owes from then on', () => {
    const record = recordOf([...asleep, ...skippedToIt, ...woken], killed(2_000, 2_600))
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'timer',
        dueMs: 5_000,
        latenessMs: 800,
        redispatchedMs: 5_830,
        settledMs: 5_850,
        recoveryMs: 850,
      },
    ])
  })

  test('is due by itself where the skip was too short', () => {
    const short = [skipRequest(5, 5_000, dayMs - 10_000), skip(6, 5_000, dayMs - 5_000)]
    const open = [...asleep, ...short]
    expect(obligationsOf(recordOf(open, killed(2_000, 2_600)))).toMatchObject([
      { kind: 'timer', dueMs: 11_000, latenessMs: null, settledMs: null },
    ])
    // 8,000 ms into the run.
    const nowMs = eventTimeMs(event(7, 8_000, 'Now'))
    expect(pendingBecause(open, nowMs)).toBe(
      'timer 1 has not fired: TimerStarted (event 4) was 7.0 s ago, due in 3.00 s',
    )
    expect(pendingBecause(open, nowMs + 4_000)).toMatch(/, due 1\.00 s ago$/)
    expect(pendingBecause(asleep, nowMs)).toMatch(/ was 7\.0 s ago, due in 24 h 00 min$/)
  })
})

test('a workflow task after a skip waits since its own instant', () => {
  const record = recordOf([...asleep, ...skippedToIt, ...woken.slice(0, 2)], [])
  const events = alignedHistories(record)[0]?.events ?? []
  const nowMs = eventTimeMs(event(9, 7_800, 'Now'))
  expect(pendingBecause(events, nowMs)).toBe(
    'no worker took its workflow task: WorkflowTaskScheduled (event 8) was 2.0 s ago',
  )
})

test('in the record of a real run the timer waited for the sticky queue to be given up', async () => {
  const analysis = analyse(await storedRecord('a-day-was-skipped'))
  const { obligations } = analysis
  expect(obligations).toMatchObject([
    { kind: 'timer', cause: { setting: 'stickyQueueScheduleToStartTimeout' } },
  ])
  expect(obligations[0]?.dueMs).toBeCloseTo(3_953, 0)
  expect(recoveryOf(analysis)).toBeCloseTo(2_069, 0)
})
