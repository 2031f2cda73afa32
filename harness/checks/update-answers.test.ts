import { expect, test } from 'vitest'
import { call } from '../../test/support/effect-record.ts'
import { judged } from '../../test/support/judged-record.ts'
import { event, recordOf, updateSent } from '../../test/support/stored-record.ts'
import type { Effect } from '../record/effect.ts'
import type { EffectPromise } from '../record/expected-effect.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { updateAnswers } from './update-answers.ts'

const kept = { status: 'kept', findings: [] }
const completed = [event(9, 9_000, 'WorkflowExecutionCompleted', {})]

/** An update at 1,000 ms that is answered at 1,200 ms. */
function answer(effects: readonly Effect[], promise: EffectPromise, history = completed) {
  const sent = updateSent(1_000)
  const entries: TimelineEntry[] = [
    sent.kind === 'sent' ? { ...sent, effects: [promise] } : sent,
    { kind: 'answered', atMs: 1_200, messageId: 'u1', answer: 'accepted' },
  ]
  return judged(updateAnswers, { ...recordOf(history, entries), effects: [...effects] })
}

const early: Effect = { ...call, receivedAtMs: 1_100 }
const late: Effect = { ...call, receivedAtMs: 5_000 }

test('an effect before the answer keeps the promise', () => {
  expect(answer([early], { key: 'paid' })).toEqual(kept)
})

test('an update that was answered before its effect', () => {
  expect(answer([late], { key: 'paid' })).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message:
          'update amend #1 of ana to w was answered 3.80 s before its effect paid ' +
          '(activity 1 attempt 1 by worker-1#1)',
      },
    ],
  })
})

test('an effect that never came: the check effects calls it lost, once the workflow is closed', () => {
  expect(answer([], { key: 'paid' })).toEqual(kept)
  expect(answer([], { key: 'paid' }, [event(1, 500, 'WorkflowExecutionStarted')])).toMatchObject({
    status: 'broken',
    findings: [
      { message: 'update amend #1 of ana to w was answered, and its effect paid was never accepted' },
    ],
  })
})

test('nothing is checked if the effect may follow, or if an old record does not say', () => {
  const none = { status: 'not-checked', why: 'no update with an effect was answered' }
  expect(answer([late], { key: 'paid', mayFollowAnswer: true })).toMatchObject(none)
  expect(answer([late], 'paid')).toMatchObject(none)
})
