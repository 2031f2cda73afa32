import { expect, test } from 'vitest'
import { cell, nameCell } from './table-cell.ts'

test('a text of thousands of lines, or of one endless line, is cut to what a cell can show', () => {
  expect(cell(Array.from({ length: 2_500 }, (_, line) => `${line}`).join('\n'))).toBe(
    '0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11…',
  )
  expect(cell('x'.repeat(1_000_000))).toBe(`${'x'.repeat(300)}…`)
})

test('any other text stays as it is', () => {
  expect(cell('respawn of the worker, 1.20 s\nheartbeat timeout, 1.00 s')).toBe(
    'respawn of the worker, 1.20 s\nheartbeat timeout, 1.00 s',
  )
})

test('a long name is broken at its parts, and never cut', () => {
  expect(nameCell('subscription/kill-worker@activity-1', 40)).toBe('subscription/kill-worker@activity-1')
  expect(nameCell('subscription/kill-worker@activity-1', 24)).toBe('subscription/kill-worker\n@activity-1')
  expect(nameCell('subscription/kill-worker@activity-1', 12)).toBe(
    ['subscription', '/kill-worker', '@activity-1'].join('\n'),
  )
})
