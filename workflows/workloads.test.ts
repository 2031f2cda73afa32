import { expect, test } from 'vitest'
import { amend, amendment, decide, decision } from './decision.ts'
import { approval, pipeline } from './workloads.ts'

const workflowId = 'w'

test('a pipeline promises the effects of all its items and children', () => {
  const { outcomes, effects } = pipeline.golden({
    workflowId,
    input: { items: 3, itemsPerRun: 2, childEvery: 2 },
  })
  expect(effects).toEqual([
    'w/item-1/picked',
    'w/item-1/billed',
    'w/item-1/shipped',
    'w/item-2/picked',
    'w/item-2/billed',
    'w/item-2/shipped',
    'w-item-2/inspected',
    'w/item-3/picked',
    'w/item-3/billed',
    'w/item-3/shipped',
  ])
  expect(outcomes).toEqual([{ status: 'completed', result: { items: 3, effects: 10 } }])
})

test('each message to an approval has one effect', () => {
  const sent = (name: string, message: object) => approval.effectsOf?.({ workflowId, name, args: [message] })
  expect(sent(decide.name, decision('ana', 2))).toEqual(['w/decision/ana/2'])
  expect(sent(amend.name, amendment('zoe', 1, 5))).toEqual(['w/amend/zoe/1'])
  expect(sent('another', {})).toEqual([])
})
