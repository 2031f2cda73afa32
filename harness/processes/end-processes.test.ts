import { expect, test } from 'vitest'
import { belonging } from './end-processes.ts'

function row(pid: number, parent: number, group = pid, state = 'S') {
  return { pid, parent, group, state, started: `boot:${pid}` }
}

function pidsOf(rows: readonly { pid: number }[]) {
  return rows.map(({ pid }) => pid)
}

test('a leader takes its group and its descendants with it, whatever group those are in', () => {
  const rows = [row(10, 1), row(11, 10), row(12, 11), row(13, 1, 10), row(20, 1)]
  expect(pidsOf(belonging(rows, [{ pid: 10, started: 'boot:10' }], new Set()))).toEqual([10, 11, 12, 13])
})

test('a pid that is used again by somebody else is left alone', () => {
  const rows = [row(10, 1), row(11, 10)]
  expect(belonging(rows, [{ pid: 10, started: 'an earlier start' }], new Set())).toEqual([])
})

test('a marked process takes its descendants with it', () => {
  expect(pidsOf(belonging([row(10, 1), row(11, 10), row(12, 1)], [], new Set([10])))).toEqual([10, 11])
})

test('zombies and ourselves are not among them', () => {
  const rows = [row(10, 1, 10, 'Z'), row(process.pid, 10, 10)]
  expect(belonging(rows, [{ pid: 10, started: 'boot:10' }], new Set([process.pid]))).toEqual([])
})
