import { expect, test } from 'vitest'
import type { FaultResult } from '../result/campaign-result.ts'
import { downtimeMs, drainMs } from './downtime.ts'

const killed: FaultResult = {
  kind: 'kill-worker',
  target: { kind: 'worker', name: 'worker-1#1' },
  effect: 'dead',
  evidence: {},
  startedAtMs: 1_000,
  confirmedAtMs: 1_030,
  outageMs: 900,
}

test('a killed worker was away, and did not drain', () => {
  expect([drainMs(killed), downtimeMs(killed)]).toEqual([null, 900])
  expect(downtimeMs({ ...killed, outageMs: null })).toBeNull()
})

test.each([
  ['with another worker ready: no downtime', 4_300, 3_300, 3_300, null],
  ['until its successor was ready', 4_300, 4_000, 3_300, 4_000],
  ['for good', 4_300, null, 3_300, null],
  ['and did not exit', null, 4_000, null, 4_000],
])('a worker was told to stop %s', (_, confirmedAtMs, outageMs, drain, away) => {
  const stopped = { ...killed, kind: 'terminate-worker', effect: 'stopped' as const, confirmedAtMs, outageMs }
  expect([drainMs(stopped), downtimeMs(stopped)]).toEqual([drain, away])
})
