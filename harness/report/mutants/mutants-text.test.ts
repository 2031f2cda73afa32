import { expect, test } from 'vitest'
import type { Mutant } from '../../mutation/mutate-records.ts'
import { mutantsTable, passedMutants } from './mutants-text.ts'

const mutant = (number: number, differing: Partial<Mutant> = {}): Mutant => ({
  number,
  kind: 'edit',
  seal: 'renewed',
  record: 'reports/latest/runs/one/1',
  fate: 'caught',
  change: null,
  ...differing,
})
const change = { file: 'timeline.jsonl', line: 7, kind: 'queried', field: 'answer.phase', more: 0 }

test('a row for each kind of damage, one for each state of the seal, and one for all', () => {
  const text = mutantsTable([
    mutant(0),
    mutant(1, { kind: 'drop', seal: 'kept' }),
    mutant(2, { fate: 'passed' }),
  ])
  const rows = text.split('\n').filter((line) => line.startsWith('│'))
  expect(
    rows.map((row) =>
      row
        .split('│')
        .map((cell) => cell.trim())
        .join(' ')
        .trim(),
    ),
  ).toEqual([
    'damage tried refused caught no claim pass share',
    'edit 2 0 1 0 1 50.0 %',
    'drop 1 0 1 0 0 0.0 %',
    'all, sealed again 2 0 1 0 1 50.0 %',
    'all, under the old seal 1 0 1 0 0 0.0 %',
    'all 3 0 2 0 1 33.3 %',
  ])
  expect(text).toContain('no claim: only what reports show was changed')
})

test('each mutant that passes says what was changed and why nobody noticed; control characters do no harm', () => {
  const passed = mutant(9, { fate: 'passed', change: { ...change, was: '"open"', is: '"\u001B[31mx"' } })
  expect(passedMutants([mutant(0), passed])).toBe(
    [
      'mutant 9 passes: edit, sealed again, of reports/latest/runs/one/1',
      '  timeline.jsonl:7 "queried", answer.phase: was "open", is "x"',
      '  why: this answer to a query is written down once, and the rule of its query allows the other one',
    ].join('\n'),
  )
})

test('lines that are gone are counted, and of many mutants only the first ones are shown', () => {
  const gone = { ...change, field: null, more: -2, was: '{"kind":"queried"}', is: null }
  const all = Array.from({ length: 23 }, (_, number) => mutant(number, { fate: 'passed', change: gone }))
  const lines = passedMutants(all).split('\n')
  expect(lines[1]).toBe('  timeline.jsonl:7 "queried": 2 fewer lines, the first of them {"kind":"queried"}')
  expect(lines.at(-1)).toBe('and 3 more that pass')
})
