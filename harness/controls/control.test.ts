import { expect, test } from 'vitest'
import { defineControl, type LiveControlDefinition } from './control.ts'

const valid: LiveControlDefinition = {
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

test.each<[string, Partial<LiveControlDefinition>, RegExp]>([
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

const healthy = defineControl({
  name: 'healthy',
  breaks: 'nothing',
  defect: 'Nothing is broken.',
  launch: (usual) => usual,
  scenario: { run: async () => {} },
  expected: { verdict: 'pass' },
})
const ofRecord = {
  name: 'lines-are-lost',
  breaks: 'record',
  defect: 'The record has no timeline.',
  of: healthy,
  damage: () => ({ timeline: [] }),
  expected: { verdict: 'error', check: 'harness-health', finding: /breaks off/ },
} as const

test('a control that damages a record shares the run of the healthy one', () => {
  const { scenario, launch, damaged } = defineControl(ofRecord)
  expect(scenario).toBe(healthy.scenario)
  expect(launch).toBe(healthy.launch)
  expect(damaged).toEqual({ damage: ofRecord.damage, seal: 'renewed' })
})

test('only the record of a healthy control can be damaged', () => {
  expect(() => defineControl({ ...ofRecord, of: defineControl(valid) })).toThrow(
    /control "lines-are-lost": only a healthy control has a record to damage/,
  )
})
