import { expect, test } from 'vitest'
import type { Plan } from '../scenario/plan-file.ts'
import { describeReplay } from './replay-text.ts'
import { describeRunPlan } from './run-plan-text.ts'

const plan: Plan = {
  schema: 1,
  scenario: 'kill-worker',
  version: '1',
  promise: 'It goes on.',
  run: 2,
  campaignSeed: 42,
  runSeed: 7,
  budgetMs: 5_000,
  profile: 'tuned',
  backend: 'process',
  choices: {
    due: { value: 'late', options: ['early', 'late'] },
    signals: { value: 3, options: { min: 2, max: 5 } },
  },
  faults: [
    {
      kind: 'kill-worker',
      target: { kind: 'worker', name: 'worker-1#1' },
      effect: 'dead',
      after: ['timer 1 to start'],
    },
    { kind: 'kill-service', target: { kind: 'service', name: 'postgres' }, effect: 'dead', after: [] },
  ],
  incomplete: 'What comes next depends on an answer.',
}

test('a plan in words: choices with their options, steps, faults with their moments, and where it ends', () => {
  expect(describeRunPlan(plan, ['start work', 'inject kill-worker'])).toMatchInlineSnapshot(`
    "kill-worker #2: It goes on.
    campaign seed 42, run seed 7, profile tuned, backend process, recovery within 5.00 s

    choices
      due: late (of early, late)
      signals: 3 (of 2 to 5)

    steps
      1 start work
      2 inject kill-worker

    faults
      kill-worker on worker-1#1 (dead) once these moments have come:
        timer 1 to start
      kill-postgres (dead) at once

    The plan ends here. What comes next depends on an answer.

    Nothing was started.
    "
  `)
})

test('a plan without choices says so', () => {
  expect(describeRunPlan({ ...plan, choices: {}, incomplete: null }, [])).toMatch(
    /choices\n {2}none\n\nsteps\n {2}none/,
  )
})

test('a replay says in what it differs from its plan and its seed, and only then', () => {
  const late = { name: 'due', value: 'late', options: ['early', 'late'] }
  const same = { profile: 'tuned', backend: 'process', budget: 5_000 } as const
  const title = 'replay of p: kill-worker #2, profile tuned, campaign seed 42'
  expect(describeReplay(plan, 'p', same, [late])).toBe(title)
  const other = { profile: 'supervised', backend: 'docker', budget: 100 } as const
  expect(describeReplay(plan, 'p', other, [{ ...late, drawn: 'early' }]).split('\n')).toEqual([
    'replay of p: kill-worker #2, profile supervised, campaign seed 42',
    'unlike the plan: profile is supervised; the plan says tuned',
    'unlike the plan: backend is docker; the plan says process',
    'unlike the plan: budget is 100 ms; the plan says 5000 ms',
    'unlike the seed: due is late; the seed draws early',
  ])
})
