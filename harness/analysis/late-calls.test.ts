import { expect, test } from 'vitest'
import {
  activityTask,
  again,
  call,
  localActivity,
  recordWithCalls,
} from '../../test/support/effect-record.ts'
import type { Effect } from '../record/effect.ts'
import { analyse } from './analyse.ts'
import { lateCallsOf } from './late-calls.ts'

const byTheSecond = activityTask(1, { attempt: 2, incarnation: 2, startedMs: 4_000 })
const done: Effect = { ...call, attempt: 2, incarnation: 2, receivedAtMs: 4_050 }

function late(events: ReturnType<typeof activityTask>, ...effects: readonly Effect[]) {
  return lateCallsOf(analyse(recordWithCalls(events, effects)).effectCalls)
}

test('a frozen worker that wakes after its successor is told', () => {
  expect(late(byTheSecond, done, { ...again, receivedAtMs: 5_350 })).toEqual([
    'late call of attempt 1 by worker-1#1: the ledger refused paid 1.30 s after it had accepted it from ' +
      'activity 1 (charge) attempt 2 by worker-1#2',
  ])
})

test('so is one that ran a local activity, which starts at attempt 1 in every incarnation', () => {
  const first: Effect = { ...call, incarnation: 2, receivedAtMs: 4_050 }
  expect(late([localActivity(1, 4_200)], first, { ...again, receivedAtMs: 5_000 })).toHaveLength(1)
})

test('the next attempt is not late, and another activity never is', () => {
  expect(late(byTheSecond, call, { ...done, sequence: 2, outcome: 'repeat' })).toEqual([])
  expect(late(byTheSecond, done, { ...again, activityId: '2', receivedAtMs: 5_350 })).toEqual([])
})
