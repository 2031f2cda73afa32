import { expect, test } from 'vitest'
import { ProbeRounds } from './probe-rounds.ts'

/** A run with this many faults; everything is up or not, and both can be changed. */
function begin(probing = true) {
  const state = { faults: 0, isAllUp: true }
  const asked: number[] = []
  const answers: Promise<void>[] = []
  let finished = 0
  const rounds = new ProbeRounds({
    probes: probing
      ? { ask: async (faultIndex) => void asked.push(faultIndex), finish: async () => void (finished += 1) }
      : undefined,
    faultCount: () => state.faults,
    isAllUp: () => state.isAllUp,
    onAllUp: (answered) => answers.push(answered),
  })
  return { state, asked, answers, rounds, finished: () => finished }
}

test('without a fault nothing is probed', () => {
  const { asked, answers, rounds } = begin()
  rounds.onHealed()
  expect([asked, answers]).toEqual([[], []])
})

test('nothing is probed while a target is down; then once for the newest fault', () => {
  const { state, asked, answers, rounds } = begin()
  state.faults = 2
  state.isAllUp = false
  rounds.onHealed()
  expect(asked).toEqual([])
  state.isAllUp = true
  rounds.onHealed()
  rounds.onHealed()
  expect([asked, answers.length]).toEqual([[2], 1])
  state.faults = 3
  rounds.onHealed()
  expect([asked, answers.length]).toEqual([[2, 3], 2])
})

test('a scenario without probes is still told that everything is up', async () => {
  const { state, answers, rounds } = begin(false)
  state.faults = 1
  rounds.onHealed()
  expect(await Promise.all(answers)).toEqual([undefined])
  await expect(rounds.finish()).resolves.toBeUndefined()
})

test('the end waits for the probes', async () => {
  const { rounds, finished } = begin()
  await rounds.finish()
  expect(finished()).toBe(1)
})
