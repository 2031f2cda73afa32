import { expect, test } from 'vitest'
import { onceUnlessSaid } from './run-flags.ts'

test('each scenario runs once unless a flag or the environment says how long', () => {
  expect(onceUnlessSaid({}, {})).toEqual({ runs: '1' })
  expect(onceUnlessSaid({ seed: '4' }, { CHAOS_RUNS: '', CHAOS_SEED: '4' })).toEqual({ runs: '1' })
  expect(onceUnlessSaid({ run: '3' }, {})).toEqual({})
  expect(onceUnlessSaid({ suite: 'soak' }, {})).toEqual({})
  expect(onceUnlessSaid({}, { CHAOS_RUNS: '5' })).toEqual({})
})
