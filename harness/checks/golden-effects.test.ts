import { expect, test } from 'vitest'
import { activityTask, again, call, recordWithCalls } from '../../test/support/effect-record.ts'
import { judged } from '../../test/support/judged-record.ts'
import type { Effect } from '../record/effect.ts'
import type { EffectPromise } from '../record/expected-effect.ts'
import { goldenEffects } from './golden-effects.ts'

const kept = { status: 'kept', findings: [] }
const events = [...activityTask(1), ...activityTask(2, { scheduledMs: 2_000 })]
const paid: Effect = { ...call, payload: { amount: 1 } }
const shipped: Effect = { ...call, key: 'shipped', activityId: '2', sequence: 2, receivedAtMs: 2_050 }

function answer(promises: readonly EffectPromise[], ...effects: readonly Effect[]) {
  return judged(goldenEffects, recordWithCalls(events, effects, promises))
}

function broken(message: RegExp) {
  return { status: 'broken', findings: [{ kind: 'safety', message: expect.stringMatching(message) }] }
}

test('payload and order as declared keep the promise; what is not declared is not compared', () => {
  const promises = [
    { key: 'paid', payload: { amount: 1 } },
    { key: 'shipped', after: ['paid'] },
  ]
  expect(answer(promises, paid, shipped)).toEqual(kept)
  const none = { status: 'not-checked', why: 'no workload declares a payload or an order' }
  expect(answer(['paid', { key: 'shipped' }], { ...paid, payload: 7 }, shipped)).toMatchObject(none)
  expect(answer(promises)).toMatchObject({ status: 'not-checked', why: 'no such effect was accepted' })
})

test('another payload than the golden run', () => {
  const promise = { key: 'paid', payload: { amount: 1 } }
  expect(answer([promise], { ...paid, payload: { amount: 1_000_000 } })).toEqual(
    broken(
      /^another payload: the ledger accepted paid with \{"amount":1000000\}, not \{"amount":1\} \(activity 1 /,
    ),
  )
  // What the ledger refused is for the check `effects`.
  expect(answer([promise], paid, { ...again, payload: { amount: 2 }, outcome: 'conflict' })).toEqual(kept)
  expect(answer([{ key: 'paid', payload: null }], { ...call, payload: undefined })).toEqual(kept)
})

test('any of several causes may be the one; a payload that may differ is not compared', () => {
  const either = [1, 2].map((amount) => ({ key: 'paid', payload: { amount } }))
  expect(answer(either, { ...paid, payload: { amount: 2 } })).toEqual(kept)
  expect(answer(either, { ...paid, payload: { amount: 3 } })).toEqual(
    broken(/not \{"amount":1\} or \{"amount":2\}/),
  )
  const oneOf = [{ key: 'paid', payloads: [1, 2] }]
  expect(answer(oneOf, { ...paid, payload: 2 })).toEqual(kept)
  expect(answer(oneOf, { ...paid, payload: 3 })).toEqual(broken(/ with 3, not 1 or 2 /))
  // The other cause allows any payload.
  expect(answer([...oneOf, { key: 'paid', after: [] }], { ...paid, payload: 3 })).toEqual(kept)
  const differing = [{ key: 'paid', payload: 1, payloadMayDiffer: true, after: [] }]
  expect(answer(differing, { ...paid, payload: 2 })).toEqual(kept)
})

test('another order than the golden run', () => {
  const promises = ['paid', { key: 'shipped', after: ['paid'] }]
  const late = { ...paid, sequence: 2, receivedAtMs: 2_060 }
  expect(answer(promises, { ...shipped, sequence: 1 }, late)).toEqual(
    broken(/^reordered: the ledger accepted shipped as number 1, before paid, which came as number 2$/),
  )
  expect(answer(promises, { ...shipped, sequence: 1 })).toEqual(
    broken(/before paid, which was never accepted$/),
  )
})
