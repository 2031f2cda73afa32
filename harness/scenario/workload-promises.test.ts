import { expect, test } from 'vitest'
import type { ExpectedEffect } from '../record/expected-effect.ts'
import { completed, failed, type Workload } from './workload.ts'
import { workloadPromises } from './workload-promises.ts'

const order: Workload<{ amount: number }, string> = {
  workflow: 'order',
  golden: ({ workflowId, input: { amount } }) => ({
    outcomes: [completed('shipped', ['shipped']), failed('no money')],
    effects: ['ordered', { key: `${workflowId}/paid`, payload: { amount } }],
  }),
  effectsOf: ({ name }) => (name === 'amend' ? [{ key: 'amended', payloadMayDiffer: true }] : []),
}

function told() {
  const effects: ExpectedEffect[] = []
  return { effects, promises: workloadPromises(order, (some) => effects.push(...some)) }
}

test('records hold every effect as what is known of it, since a key alone is an old record', () => {
  const { effects, promises } = told()
  expect(promises.golden({ workflowId: 'w', input: { amount: 5 } })).toEqual({
    outcomes: [completed('shipped', [{ key: 'shipped' }]), failed('no money')],
    effects: [{ key: 'ordered' }, { key: 'w/paid', payload: { amount: 5 } }],
  })
  expect(effects.map(({ key }) => key)).toEqual(['shipped', 'ordered', 'w/paid'])
})

test('the ledger is told of the effects of messages and of outcomes that the scenario allows', () => {
  const { effects, promises } = told()
  expect(promises.effectsOf({ workflowId: 'w', name: 'ask', args: [] })).toEqual([])
  promises.effectsOf({ workflowId: 'w', name: 'amend', args: [] })
  expect(promises.outcomes([{ status: 'canceled' }, failed('late', ['refunded'])])).toEqual([
    { status: 'canceled' },
    failed('late', [{ key: 'refunded' }]),
  ])
  expect(effects).toEqual([{ key: 'amended', payloadMayDiffer: true }, { key: 'refunded' }])
})
