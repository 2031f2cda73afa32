// A harness that stands still cannot restart a worker. What comes late meanwhile is its own failure, not the system's.
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { chaos, latestTiming } from './support/chaos.ts'
import { openPlace } from './support/place.ts'
import { recorded } from './support/recorded.ts'

const stoodMs = 6_000

test('the command stopped for six seconds in the middle of a recovery makes the run an error, with the figure', async () => {
  await using place = await openPlace()
  // By its seed the timer is due during the outage, so that it waits for the worker's restart.
  const running = chaos(place, 'kill-worker-mid-sleep', '--runs', '1', '--seed', '5')
  await recorded(place, ({ kind }) => kind === 'fault-confirmed')
  running.kill('SIGSTOP')
  await delay(stoodMs)
  running.kill('SIGCONT')
  const { exitCode, all } = await running
  expect(exitCode).toBe(3)
  const [run] = (await latestTiming(place.reports)).scenarios.flatMap(({ runs }) => runs)
  expect(run).toMatchObject({
    verdict: 'error',
    reason: expect.stringMatching(
      /^the harness stood still for \d+\.\d\d s of \d+\.\d\d s: timer 1 of .* recovered in .*, over the budget/,
    ),
  })
  expect(run?.machine?.standstillMs).toBeGreaterThanOrEqual(stoodMs - 250)
  expect(all).toContain('1 run is an error because the harness stood still')
}, 120_000)
