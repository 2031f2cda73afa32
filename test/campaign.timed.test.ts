// A campaign of the command line that must pass. It has the machine to itself, like a user's.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chaos, latest, latestTiming } from './support/chaos.ts'
import { openPlace } from './support/place.ts'

test('a campaign passes, draws both choices of the scenario, and its reports say so', async () => {
  await using place = await openPlace()
  const reports = path.join(place.reports, 'with a space')
  await mkdir(reports, { recursive: true })
  const { exitCode, all } = await chaos(
    place,
    'kill-worker-mid-sleep',
    '--runs',
    '2',
    '--seed',
    '5',
    '--out',
    reports,
  )
  expect(all).toMatch(/2 passed, 0 failed$/)
  expect(exitCode).toBe(0)
  const timing = await latestTiming(reports)
  expect(timing.gate).toMatchObject({ required: 2, executed: 2, passed: 2, ok: true, stopped: null })
  expect(timing.campaign.versions).toMatchObject({
    server: '1.32.2',
    postgres: expect.stringMatching(/^18\./),
  })
  const runs = timing.scenarios[0]?.runs ?? []
  expect(new Set(runs.map(({ choices }) => choices['timer is due'])).size).toBe(2)
  for (const { resources } of runs) {
    expect(resources.map((one) => one.process).toSorted()).toEqual([
      'harness',
      'postgres',
      'replay',
      'temporal-server',
      'worker-1',
    ])
  }
  const junit = await latest(reports, 'junit.xml')
  expect(junit.match(/<testcase /g)).toHaveLength(2)
  expect(junit).not.toMatch(/<failure|<error/)
})
