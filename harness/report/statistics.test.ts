import { expect, test } from 'vitest'
import { sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import { proves, recoveryP95Ms } from './statistics.ts'

test.each([
  [0, '0 of 0: proves nothing'],
  [1, '1 of 1: at least 5 % reliable at 95 % confidence'],
  [10, '10 of 10: at least 74 % reliable at 95 % confidence'],
  [59, '59 of 59: at least 95 % reliable at 95 % confidence'],
  [1_000, '1000 of 1000: at least 99.7 % reliable at 95 % confidence'],
])('what %d passes prove', (n, text) => {
  expect(proves(n)).toBe(text)
})

test('only measured runs count towards a percentile', () => {
  const runs = Array.from({ length: 20 }, (_, index) => sampleRun(index, { recoveryMs: (index + 1) * 100 }))
  expect(recoveryP95Ms(sampleScenario(runs))).toBe(1_905)
  expect(recoveryP95Ms(sampleScenario([...runs.slice(1), sampleRun(1, { recoveryMs: null })]))).toBeNull()
})
