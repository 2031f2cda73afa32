import { expect, test } from 'vitest'
import { defineControl, type ControlDefinition } from './control.ts'

const valid: ControlDefinition<'worker-1'> = {
  name: 'late-worker',
  breaks: 'worker',
  defect: 'The worker comes back late.',
  scenario: { run: async () => {} },
  expected: { verdict: 'fail', check: 'recovery', finding: /over the budget/ },
}

test('a control is a scenario of no suite that promises its defect', () => {
  expect(defineControl(valid).scenario).toMatchObject({
    name: 'late-worker',
    promise: 'The worker comes back late.',
    suites: [],
  })
})

test.each<[string, Partial<ControlDefinition<'worker-1'>>, RegExp]>([
  ['a broken part that does not exist', { breaks: 'moon' as 'worker' }, /control "late-worker": .*breaks/s],
  ['no defect', { defect: '' }, /a sentence.*defect/s],
  [
    'a defect and the verdict pass',
    { expected: { verdict: 'pass' } },
    /only a control that breaks nothing passes/,
  ],
  ['nothing broken and the verdict fail', { breaks: 'nothing' }, /only a control that breaks nothing passes/],
  ['no check that finds it', { expected: { verdict: 'fail' } }, /the check that finds it/],
  ['a name that is not in kebab-case', { name: 'Late Worker' }, /kebab-case/],
])('a control with %s is refused', (_, differing, message) => {
  expect(() => defineControl({ ...valid, ...differing })).toThrow(message)
})
