import { expect, test } from 'vitest'
import { amend, amendment, decide, decision } from './decision.ts'
import { approval, pipeline } from './workloads.ts'

const workflowId = 'w'

test('a pipeline promises the effects of all its items and children', () => {
  const { outcomes, effects } = pipeline.golden({
    workflowId,
    input: { items: 3, itemsPerRun: 2, childEvery: 2 },
  })
  const [first, second, third] = ['w/item-1', 'w/item-2', 'w/item-3']
  expect(effects).toEqual(
    [
      { key: `${first}/picked`, after: [] },
      { key: `${first}/billed`, after: [] },
      { key: `${first}/shipped`, after: [`${first}/picked`, `${first}/billed`] },
      { key: `${second}/picked`, after: [`${first}/shipped`] },
      { key: `${second}/billed`, after: [`${first}/shipped`] },
      { key: 'w-item-2/inspected', after: [`${first}/shipped`] },
      { key: `${second}/shipped`, after: [`${second}/picked`, `${second}/billed`, 'w-item-2/inspected'] },
      { key: `${third}/picked`, after: [`${second}/shipped`] },
      { key: `${third}/billed`, after: [`${second}/shipped`] },
      { key: `${third}/shipped`, after: [`${third}/picked`, `${third}/billed`] },
    ].map((effect) => ({ ...effect, payload: null })),
  )
  expect(outcomes).toEqual([{ status: 'completed', result: { items: 3, effects: 10 } }])
})

test('each message to an approval has one effect', () => {
  const sent = (name: string, message: object) => approval.effectsOf?.({ workflowId, name, args: [message] })
  const payload = { decision: 'approve', reason: 'it looks right' }
  const payloads = [false, true].map((late) => ({ ...payload, late }))
  expect(sent(decide.name, decision('ana', 2))).toEqual([{ key: 'w/decision/ana/2', payloads }])
  expect(sent(amend.name, amendment('zoe', 1, 5))).toEqual(['w/amend/zoe/1'])
  expect(sent('another', {})).toEqual([])
})
