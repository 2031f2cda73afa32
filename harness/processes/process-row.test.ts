import { expect, test } from 'vitest'
import { isAlive, treeOf } from './process-row.ts'

function row(pid: number, parent: number, state = 'S') {
  return { pid, parent, group: pid, state, started: `boot:${pid}` }
}

test('a tree holds children and grandchildren, wherever they stand in the table', () => {
  const rows = [row(4, 3), row(3, 2), row(2, 1), row(1, 0), row(5, 1)]
  expect(treeOf(rows, [2]).map(({ pid }) => pid)).toEqual([4, 3, 2])
})

test('a tree of a pid that is gone holds its children nevertheless', () => {
  expect(treeOf([row(3, 2), row(9, 1)], [2]).map(({ pid }) => pid)).toEqual([3])
})

test('a zombie is not alive, a stopped process is', () => {
  expect(isAlive(row(1, 0, 'Z'))).toBe(false)
  expect(isAlive(row(1, 0, 'T'))).toBe(true)
})
