import { expect, test } from 'vitest'
import { lastLines, logTail } from './log-tail.ts'

test('the last lines, indented, empty ones left out, long ones cut', () => {
  expect(lastLines(`one\ntwo\n\nthree${'e'.repeat(500)}\n`, 2, 'log')).toBe(
    `  two\n  three${'e'.repeat(395)}…`,
  )
})

test('a line of the Temporal server reads as a sentence, without its cluster trace', () => {
  const line = JSON.stringify({
    level: 'fatal',
    ts: '2026-11-21T11:26:00.478Z',
    msg: 'error starting scanner',
    service: 'worker',
    error: 'deadline exceeded',
    stacktrace: 'go.temporal.io/server',
  })
  expect(lastLines(line, 20, 'log')).toBe(
    '  2026-11-21T11:26:00.478Z fatal worker: error starting scanner (deadline exceeded)',
  )
})

test('an empty or missing log is said to be empty', async () => {
  expect(await logTail('/nowhere/postgres.log')).toBe('  (/nowhere/postgres.log is empty)')
})
