import { expect, test } from 'vitest'
import { diedOfPanic, panicsIn, timestampOf } from './panics.ts'

const sinceMs = Date.parse('2026-11-22T03:00:00Z')
const line = (ts: string, entry: object) => JSON.stringify({ level: 'error', ts, ...entry })
const captured = { msg: 'Panic is captured', error: 'nil pointer', 'sys-cluster-trace': 'goroutine 1' }
const before = line('2026-11-22T02:59:59.999Z', { msg: 'started' })
const after = line('2026-11-22T03:00:01.000Z', { msg: 'service failures', error: 'x' })

test.each([
  ['none', [before, after], []],
  [
    'one that the server recovered from',
    [after, line('2026-11-22T03:00:02.000Z', captured)],
    ['nil pointer'],
  ],
  [
    'one of Nexus',
    [line('2026-11-22T03:00:02.000Z', { msg: 'Panic captured', error: 'panic: odd' })],
    ['panic: odd'],
  ],
  ['one that came before', [line('2026-11-22T02:59:59.000Z', captured), after], []],
  ['one in another time zone', [line('2026-11-22T04:30:00.000+0100', captured)], ['nil pointer']],
  ['one that the server died of', [after, 'panic: odd', '', 'goroutine 1 [running]:'], ['panic: odd']],
  ['one that it had died of before', [before, 'panic: odd', after], []],
  [
    'one without a line before',
    ['fatal error: concurrent map writes'],
    ['fatal error: concurrent map writes'],
  ],
  ['what only sounds like one', [line('2026-11-22T03:00:02.000Z', { msg: 'panic: as others put it' })], []],
  ['a cluster trace through its handler', [line('2026-11-22T03:00:02.000Z', { msg: 'x', stacktrace: 'log.CapturePanic' })], []], // prettier-ignore
  ['a line that breaks off', [after, line('2026-11-22T03:00:02.000Z', captured).slice(0, 60)], []],
])('panics in a log: %s', (_, lines, messages) => {
  expect(panicsIn(lines.join('\n'), sinceMs)).toEqual(messages.map((message) => ({ message, times: 1 })))
})

test('one that comes again and again is told once, with how often', () => {
  const lines = [1, 2, 3].map((second) => line(`2026-11-22T03:00:0${second}.000Z`, captured))
  expect(panicsIn(lines.join('\n'), sinceMs)).toEqual([{ message: 'nil pointer', times: 3 }])
})

test('one for want of disk is nobody’s defect', () => {
  const full = 'panic: write /tmp/x: no space left on device\n'
  expect(panicsIn(full, sinceMs)).toEqual([])
  expect(diedOfPanic(full)).toBe(false)
})

test('when a line was written', () => {
  expect(timestampOf(before)).toBe(sinceMs - 1)
  expect(timestampOf('panic: odd')).toBeUndefined()
  expect(timestampOf('{"level":"info","ts":"soon"}')).toBeUndefined()
})
