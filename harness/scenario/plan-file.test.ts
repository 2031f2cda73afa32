import { describe, expect, test } from 'vitest'
import { formatPlan, parsePlan, type Plan } from './plan-file.ts'
import { runSeed } from '../core/seed.ts'

const plan: Plan = {
  schema: 1,
  scenario: 'kill-worker',
  version: '0123456789abcdef',
  promise: 'It goes on.',
  run: 2,
  campaignSeed: 42,
  runSeed: runSeed(42, 'kill-worker', 2),
  budgetMs: 5_000,
  profile: 'tuned',
  backend: 'process',
  choices: {
    due: { value: 'late', options: ['early', 'late'] },
    'signals before': { value: 3, options: { min: 2, max: 5 } },
  },
  faults: [
    {
      kind: 'kill-worker',
      target: { kind: 'worker', name: 'worker-1#1' },
      effect: 'dead',
      after: ['timer 1'],
    },
  ],
  incomplete: null,
}

function refusal(edited: unknown): unknown {
  try {
    return parsePlan(typeof edited === 'string' ? edited : JSON.stringify(edited), 'p/plan.json')
  } catch (thrown) {
    return thrown
  }
}

test('a plan is read as it was written', () => {
  expect(parsePlan(formatPlan(plan), 'plan.json')).toEqual(plan)
})

describe('an edited plan that is none is refused, with the field', () => {
  test.each([
    ['not JSON', '{ "schema": 1,', /^p\/plan\.json is not a plan:\n✖ .*JSON/],
    ['not an object', 3, /expected object/],
    ['a missing field', { ...plan, profile: undefined }, /→ at profile/],
    ['an empty profile', { ...plan, profile: '' }, /→ at profile/],
    ['another backend', { ...plan, backend: 'moon' }, /→ at backend/],
    ['a run that is no number', { ...plan, run: '2' }, /→ at run/],
    ['a budget of nothing', { ...plan, budgetMs: 0 }, /→ at budgetMs/],
    ['a field that plans do not have', { ...plan, colour: 'red' }, /"colour"/],
    [
      'a choice without a value',
      { ...plan, choices: { due: { options: ['early', 'late'] } } },
      /→ at choices\.due\.value/,
    ],
    ['a choice that is only a value', { ...plan, choices: { due: 'late' } }, /→ at choices\.due/],
    [
      'a fault that does something else',
      { ...plan, faults: [{ ...plan.faults[0], effect: 'melted' }] },
      /→ at faults\[0\]\.effect/,
    ],
    [
      'a seed that does not follow from the campaign seed',
      { ...plan, campaignSeed: 43 },
      /campaign seed 43, scenario kill-worker and run 2 give the run seed \d+\n {2}→ at runSeed/,
    ],
  ])('%s', (_, edited, message) => {
    expect(refusal(edited)).toMatchObject({
      code: 'CHAOS_PLAN_INVALID',
      kind: 'usage',
      message: expect.stringMatching(message),
    })
  })
})

test('a plan of a newer schema says so, whatever else is in it', () => {
  expect(refusal({ schema: 2, steps: [] })).toMatchObject({
    code: 'CHAOS_PLAN_TOO_NEW',
    kind: 'usage',
    message: 'p/plan.json is a plan of schema 2; this version reads schema 1',
  })
})
