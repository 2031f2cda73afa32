import { expect, test } from 'vitest'
import { knownNames } from './known-names.ts'

const kind = { what: 'workload', code: 'CHAOS_UNKNOWN_WORKLOAD' } as const
const workloads = knownNames({ order: 1, refund: 2 }, kind)

test('a known name gives what it stands for', () => {
  expect(workloads['order']).toBe(1)
  expect(Object.entries(workloads)).toEqual([
    ['order', 1],
    ['refund', 2],
  ])
  expect(JSON.stringify(workloads)).toBe('{"order":1,"refund":2}')
})

test('an unknown name is an error with the nearest one, or with all', () => {
  expect(() => workloads['ordr']).toThrow(
    expect.objectContaining({
      message: 'there is no workload "ordr"',
      code: 'CHAOS_UNKNOWN_WORKLOAD',
      hint: 'Did you mean order?',
    }),
  )
  expect(() => workloads['xyz']).toThrow(expect.objectContaining({ hint: 'There are: order, refund.' }))
  expect(() => knownNames({}, kind)['order']).toThrow(
    expect.objectContaining({ hint: 'There is none here.' }),
  )
})
