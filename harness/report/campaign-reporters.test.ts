import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import { quickProfile, slowProfile } from '../../test/support/comparison-results.ts'
import { ownFolder } from '../../test/support/own-folder.ts'
import { timingSchema, type CampaignResult } from '../result/campaign-result.ts'
import { comparisonSchema } from '../result/comparison.ts'
import { planCampaign } from '../campaign/plan.ts'
import { defineScenario } from '../scenario/scenario.ts'
import { campaignReporters, comparisonReporters } from './campaign-reporters.ts'
import { compareResults } from './comparison.ts'
import { tellAll } from './reporter.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })

const scenario = defineScenario({ name: 'kill-worker-mid-sleep', promise: 'x', run: async () => {} })
const settings = { runs: 2, run: undefined, budget: undefined }
const [planned] = planCampaign([scenario], settings, 1, 'process').runs

function resultAfter(runs: number): CampaignResult {
  return sampleResult([sampleScenario(Array.from({ length: runs }, (_, index) => sampleRun(index + 1)))], 50)
}

async function executed(folder: string): Promise<number> {
  return timingSchema.parse(JSON.parse(await readFile(join(folder, 'timing.json'), 'utf8'))).gate.executed
}

test('a campaign’s files exist before its first run, and show each run once it has ended', async ({
  folder,
}) => {
  if (planned === undefined) throw new Error('nothing is planned')
  const reporters = campaignReporters(folder)
  const failures = [await tellAll(reporters, (one) => one.onCampaignReady?.(resultAfter(0)))]
  expect(await readdir(folder)).toEqual(['junit.xml', 'timing.json'])
  expect(await executed(folder)).toBe(0)
  const fresh = campaignReporters(folder)
  const finished = { planned, run: sampleRun(1), result: resultAfter(1) }
  failures.push(await tellAll(fresh, (one) => one.onRunFinished?.(finished)))
  expect(await executed(folder)).toBe(1)
  failures.push(await tellAll(fresh, (one) => one.onCampaignFinished(resultAfter(2))))
  expect(await executed(folder)).toBe(2)
  expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('name="kill-worker-mid-sleep #2"')
  expect(failures).toEqual([undefined, undefined, undefined])
})

test('an invalid result leaves the last good file, and the other files are written', async ({ folder }) => {
  await tellAll(campaignReporters(folder), (one) => one.onCampaignFinished(resultAfter(1)))
  const invalid = sampleResult([sampleScenario([sampleRun(1), sampleRun(2, { seed: 0.5 })])], 2)
  const failure = await tellAll(campaignReporters(folder), (one) => one.onCampaignFinished(invalid))
  expect(failure).toMatchObject({ code: 'CHAOS_REPORT_INVALID' })
  expect(await executed(folder)).toBe(1)
  expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('name="kill-worker-mid-sleep #2"')
})

test('a comparison’s files exist after each profile', async ({ folder }) => {
  const comparison = compareResults([slowProfile, quickProfile], {
    id: 'c1',
    profiles: ['sdk-defaults', 'tuned'],
  })
  const reporters = comparisonReporters(folder)
  expect(await tellAll(reporters, (one) => one.onProfileFinished(comparison))).toBeUndefined()
  const written: unknown = JSON.parse(await readFile(join(folder, 'compare.json'), 'utf8'))
  expect(comparisonSchema.parse(written)).toEqual(comparison)
  expect(await readFile(join(folder, 'compare.md'), 'utf8')).toContain('| kill-worker-mid-sleep | `tuned` |')
})

test('a reporter that throws at once does not prevent the others from being called', async () => {
  const told: string[] = []
  const failure = await tellAll(['first', 'second'], (name) => {
    if (name === 'first') throw new Error('no space')
    told.push(name)
    return undefined
  })
  expect(failure).toMatchObject({ message: 'no space' })
  expect(told).toEqual(['second'])
})
