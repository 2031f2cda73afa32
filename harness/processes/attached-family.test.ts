import { expect, test } from 'vitest'
import { livingBelow } from './attached-family.ts'

function row(pid: number, parent: number, { group = pid, state = 'S' } = {}) {
  return { pid, parent, group, state, started: `boot:${pid}` }
}

function pidsBelow(rows: readonly ReturnType<typeof row>[], ...pids: number[]) {
  const known = pids.map((pid) => ({ pid, started: `boot:${pid}` }))
  return livingBelow(rows, known).map(({ pid }) => pid)
}

test('the named process and all below it, whatever group those are in', () => {
  const rows = [row(10, 1), row(11, 10), row(12, 11, { group: 10 }), row(20, 1)]
  expect(pidsBelow(rows, 10)).toEqual([10, 11, 12])
})

test('neither its supervisor nor what only shares its group', () => {
  const rows = [row(9, 1), row(10, 9), row(11, 9, { group: 10 })]
  expect(pidsBelow(rows, 10)).toEqual([10])
})

test('a member whose parent is gone is still known', () => {
  expect(pidsBelow([row(12, 1), row(13, 12)], 10, 12)).toEqual([12, 13])
})

test('neither the dead nor somebody else with the same pid', () => {
  const rows = [row(10, 1, { state: 'Z' }), { ...row(12, 1), started: 'later' }]
  expect(pidsBelow(rows, 10, 12)).toEqual([])
})
