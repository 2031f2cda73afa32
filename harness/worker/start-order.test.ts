import { expect, test } from 'vitest'
import { StartOrder } from './start-order.ts'

test('starts on a common queue follow each other, also after a failure; others do not wait', async () => {
  const order = new StartOrder()
  const log: string[] = []
  const gate = Promise.withResolvers<void>()
  const failing = order.after(['a', 'b'], async () => {
    log.push('first begins')
    await gate.promise
    throw new Error('no')
  })
  const waiting = order.after(['b', 'c'], async () => log.push('second begins'))
  const last = order.after(['c'], async () => log.push('third begins'))
  await order.after(['d'], async () => log.push('stranger begins'))
  expect(log.toSorted()).toEqual(['first begins', 'stranger begins'])
  gate.resolve()
  await expect(failing).rejects.toThrow('no')
  await Promise.all([waiting, last])
  expect(log.slice(2)).toEqual(['second begins', 'third begins'])
})
