import { expect, test } from 'vitest'
import { unknownVariables } from './unknown-variables.ts'

test('a variable named like a setting that is none is told, with the one that was meant', () => {
  const env = { CHAOS_NONSENSE: '1', CHAOS_BUDGT: '900', CHAOS_BUDGET: '', PATH: '/bin' }
  expect(unknownVariables(env)).toEqual([
    'CHAOS_BUDGT is not a setting and has no effect; did you mean CHAOS_BUDGET?',
    'CHAOS_NONSENSE is not a setting and has no effect',
  ])
})

test('settings and what the harness gives its own processes are not told', () => {
  const env = {
    CHAOS_RUNS: '1',
    CHAOS_OUT: 'x',
    CHAOS_SESSION: '0123',
    CHAOS_TASK_QUEUE: 'q',
    CHAOS_TEST_X: '',
  }
  expect(unknownVariables(env)).toEqual([])
})
