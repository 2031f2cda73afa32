import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { onMachine } from '../../test/support/machine-lines.ts'
import { killed, recordOf } from '../../test/support/stored-record.ts'
import type { ObservationEntry } from '../record/observation.ts'
import { machine } from './machine.ts'

const record = recordOf([], killed(1_000, 2_000))
const withOne = (one: ObservationEntry) => ({ ...record, observations: [...record.observations, one] })
const observed = withOne({ kind: 'machine', cores: 2 })

test('samples of the machine keep the promise', () => {
  expect(judged(machine, onMachine(observed, {}))).toEqual({ status: 'kept', findings: [] })
})

test.each<[string, (atMs: number) => boolean, string]>([
  ['breaks off before the end', (atMs) => atMs < 30_000, '0 ms to 29.50 s'],
  ['begins after the first worker', (atMs) => atMs >= 500, '500 ms to 1 min 00 s'],
])('a load that %s is not known for the whole run', (_, isKept, known) => {
  const whole = onMachine(observed, {})
  const part = whole.machine.filter((line) => line.kind === 'sample' && isKept(line.atMs))
  expect(judged(machine, { ...whole, machine: part })).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'harness',
        message: `the load of the machine is known from ${known}, and the run ended at 1 min 00 s`,
      },
    ],
  })
})

test.each([
  ['the machine was not observed', record],
  ["the record has no samples of the machine's load", observed],
  [
    'darwin does not tell how long processes wait',
    withOne({
      kind: 'unavailable',
      observation: 'machine',
      why: 'darwin does not tell how long processes wait',
    }),
  ],
])('not checked: %s', (why, given) => {
  expect(judged(machine, given)).toEqual({ status: 'not-checked', findings: [], why })
})
