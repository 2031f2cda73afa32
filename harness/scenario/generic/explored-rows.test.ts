import { expect, test } from 'vitest'
import type { RunRecord } from '../../record/record.ts'
import { expectedRows, leftRows, missingTables } from './explored-rows.ts'

const ids = ['run-Order-1', 'run-Order-10']

/** @param keys of the rows at the end; null if there was no table */
function record(keys: readonly string[] | null): RunRecord {
  const rows = keys?.map((key) => ({ key, values: {} })) ?? null
  return {
    timeline: ids.map((workflowId) => ({ kind: 'workflow', workflowId })),
    observations: [
      { kind: 'rows', name: 'payments', when: 'start', askedMs: 0, rows: null },
      { kind: 'rows', name: 'payments', when: 'end', askedMs: 9, rows },
    ],
    opaque: { observations: [] },
  } as unknown as RunRecord
}

test('a row is of the workflow whose whole id is in its key', () => {
  const seen = record(['["run-Order-10","pay"]', '["run-Order-1","pay"]', '17'])
  expect(leftRows(seen, 'run-Order-1')).toEqual({ payments: ['["run-Order-1","pay"]'] })
  expect(leftRows(seen, 'run-Order-10')).toEqual({ payments: ['["run-Order-10","pay"]'] })
})

test('a table that is not there after all workflows have ended is missing', () => {
  expect(missingTables(record(null))).toEqual(['payments'])
  expect(missingTables(record([]))).toEqual([])
})

test('a workflow must leave the rows that all explored ones left, with its own id', () => {
  const end = (workflowId: string, keys: readonly string[]) => ({ workflowId, rows: { payments: keys } })
  const alike = [end('a-1', ['a-1/pay']), end('a-2', ['a-2/pay'])]
  expect(expectedRows(alike, 'b')).toEqual({ payments: ['b/pay'] })
  expect(expectedRows([...alike, end('a-3', ['a-3/refund'])], 'b')).toEqual({})
  expect(expectedRows([], 'b')).toEqual({})
})
