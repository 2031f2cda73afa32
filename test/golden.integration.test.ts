// Golden runs, really executed: one for all runs that make the same choices, and judged again without it.
import { globSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readRecord } from '../harness/record/reader.ts'
import { observationsOf } from '../harness/record/record.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { sha256Of } from '../harness/core/sha256.ts'
import { chaos, latestTiming } from './support/chaos.ts'
import { openPlace } from './support/place.ts'

test('three runs with two choices share two golden runs, in which nothing was struck', async () => {
  await using place = await openPlace()
  const args = ['--runs', '3', '--golden', '--budget', '20000', '--seed', '5'] as const
  const { exitCode, all } = await chaos(place, 'run', 'kill-worker-mid-sleep', ...args)
  expect({ exitCode, all }).toMatchObject({ exitCode: 0 })
  const folder = path.join(place.reports, 'latest')
  const goldenRuns = globSync('golden/kill-worker-mid-sleep/*', { cwd: folder })
  expect(goldenRuns).toHaveLength(2)
  for (const golden of goldenRuns) {
    const { timeline } = await readRecord(path.join(folder, golden))
    expect(entriesOf(timeline, 'fault')).toEqual([])
    expect(entriesOf(timeline, 'error')).toEqual([])
    const { verdict } = JSON.parse(
      await readFile(path.join(folder, golden, 'verdict.json'), 'utf8'),
    ) as object & {
      verdict: string
    }
    expect(verdict).toBe('inconclusive')
  }
  const [scenario] = (await latestTiming(place.reports)).scenarios
  for (const run of scenario?.runs ?? []) {
    expect(run.checks.find(({ check }) => check === 'golden')).toMatchObject({ status: 'kept', findings: [] })
    const [reference] = observationsOf(await readRecord(path.join(folder, run.folder)), 'golden')
    expect(goldenRuns).toContain(reference?.folder)
    expect(await sha256Of(path.join(folder, reference?.folder ?? '', 'seal.json'))).toBe(
      reference?.sealSha256,
    )
  }
  await rm(path.join(folder, 'golden'), { recursive: true })
  const again = await chaos(place, 'analyze', folder)
  expect({ exitCode: again.exitCode, all: again.all }).toMatchObject({
    exitCode: 0,
    all: expect.stringContaining('0 of 3 verdicts differ'),
  })
})
