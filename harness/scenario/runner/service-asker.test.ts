import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ServiceAsker, type Ask, type Asked } from './service-asker.ts'

function asking(ask: Ask) {
  const all: Asked[] = []
  let nowMs = 0
  const asker = new ServiceAsker({ ask, nowMs: () => (nowMs += 1), onAsked: (one) => all.push(one) })
  return { asker, all }
}

test('a service that answers is found out before the first question is over', async () => {
  const { asker, all } = asking(async () => 'here')
  await asker.first
  asker.stop()
  expect(all).toEqual([{ askedMs: 1, answered: true }])
})

test('a service that refuses is asked again until the end', async () => {
  const { asker, all } = asking(() => Promise.reject(new Error('connection refused')))
  await asker.first
  await delay(600)
  asker.stop()
  const asked = all.length
  await delay(300)
  expect(asked).toBeGreaterThan(1)
  expect(all.slice(asked)).toEqual([])
  expect(all.every(({ answered }) => !answered)).toBe(true)
})

test('a question that hangs keeps nobody waiting, and counts as unanswered at the end', async () => {
  const { asker, all } = asking(() => new Promise(() => {}))
  await asker.first
  expect(all).toEqual([])
  asker.stop()
  await delay(10)
  expect(all).toEqual([{ askedMs: 1, answered: false }])
})

test('the question ends with its signal, and its late answer does not count', async () => {
  const signals: AbortSignal[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const { asker, all } = asking((signal) => {
    signals.push(signal)
    return promise
  })
  await asker.first
  asker.stop()
  resolve()
  await delay(10)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(all).toEqual([{ askedMs: 1, answered: false }])
})
