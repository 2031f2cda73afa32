import { expect, test } from 'vitest'
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { ObservationEntry } from '../record/observation.ts'
import type { RowsTime } from '../record/rows.ts'
import { rows } from './rows.ts'

type Pairs = readonly (readonly [key: string, cents: number])[]

function look(when: RowsTime, pairs: Pairs | null): ObservationEntry {
  const all = pairs?.map(([key, cents]) => ({ key, values: { key, cents } })) ?? null
  return { kind: 'rows', name: 'payments', when, askedMs: 0, rows: all }
}

function judged(
  observations: readonly ObservationEntry[],
  { owed = [], isOver = true }: { owed?: readonly string[]; isOver?: boolean } = {},
) {
  const chains = [{ isOver, golden: { outcomes: [], effects: [], rows: { payments: owed } } }]
  const { status, findings, why } = rows.judge({
    record: { observations, opaque: { observations: [] } },
    chains,
  } as unknown as RunAnalysis)
  return why === undefined ? [status, ...findings.map(({ message }) => message)] : [status, why]
}

const none: Pairs = []
const one: Pairs = [['w-1', 4200]]

test('one row for each key, from when it came until the end', () => {
  const looks = [look('start', null), look('struck', none), look('healed', one), look('end', one)]
  expect(judged(looks, { owed: ['w-1'] })).toEqual(['kept'])
})

test.each<[string, Pairs, Pairs, string]>([
  ['a second row', none, [...one, ...one], 'payments: w-1 stands in 2 rows at the end'],
  [
    'a second row with other data',
    none,
    [...one, ['w-1', 1]],
    'payments: w-1 stands in 2 rows at the end; cents: 4200, 1',
  ],
  ['a second row beside an old one', one, [...one, ...one], 'payments: w-1 stands in 2 rows at the end'],
  ['a row that is gone', one, none, 'payments: w-1 was there before the run, and is gone at the end'],
  [
    'a row that changed',
    one,
    [['w-1', 0]],
    'payments: w-1 was there before the run, and is another row at the end; cents: 4200, 0',
  ],
  [
    'one of two old rows is gone',
    [...one, ...one],
    one,
    'payments: w-1 stood in 2 rows before the run, and in 1 at the end',
  ],
])('%s is found', (_, start, end, message) => {
  expect(judged([look('start', start), look('end', end)])).toEqual(['broken', message])
})

test('two rows that an earlier run left behind are not this one’s', () => {
  const twice = [...one, ...one]
  expect(judged([look('start', twice), look('end', twice)])).toEqual(['kept'])
})

test('two rows during the fault count, also if one is taken back', () => {
  const looks = [look('start', none), look('struck', [...one, ...one]), look('end', one)]
  expect(judged(looks)).toEqual([
    'broken',
    'payments: w-1 stands in 2 rows during the fault',
    'payments: w-1 stood in 2 rows during the fault, and in 1 at the end',
  ])
})

test('a row that workflows leave without faults must be there, once its workflow is over', () => {
  const looks = [look('start', null), look('end', none)]
  const lost = 'payments: lost: w-1, which was there whenever its workflow ended without faults'
  expect(judged(looks, { owed: ['w-1'] })).toEqual(['broken', lost])
  expect(judged(looks, { owed: ['w-1'], isOver: false })).toEqual([
    'not-checked',
    'the declared queries showed no row',
  ])
})

test('is not checked if nothing was declared, or the end could not be seen', () => {
  const why = 'no query of own tables is declared'
  expect(judged([{ kind: 'unavailable', observation: 'rows', why }])).toEqual(['not-checked', why])
  expect(judged([look('start', one)])).toEqual(['not-checked', 'nobody looked at rows'])
})
