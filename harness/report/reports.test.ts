import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../fixtures/campaign-results.ts'
import { timingSchema, type CampaignResult } from '../record/timing.ts'
import { ReportWriter, writeReports } from './reports.ts'

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures that a fixture needs from it
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'temporal-chaos reports '))
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

function resultAfter(runs: number): CampaignResult {
  return sampleResult([sampleScenario(Array.from({ length: runs }, (_, index) => sampleRun(index + 1)))], 50)
}

async function executed(folder: string): Promise<number> {
  return timingSchema.parse(JSON.parse(await readFile(join(folder, 'timing.json'), 'utf8'))).gate.executed
}

test('both reports are written', async ({ folder }) => {
  await writeReports(resultAfter(1), folder)
  expect(await readdir(folder)).toEqual(['junit.xml', 'timing.json'])
  expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain(
    '<testsuite name="kill-worker-mid-sleep"',
  )
})

test('an invalid result leaves the last good reports', async ({ folder }) => {
  await writeReports(resultAfter(1), folder)
  const invalid = sampleResult([sampleScenario([sampleRun(1, { durationMs: Number.NaN })])], 1)
  await expect(writeReports(invalid, folder)).rejects.toMatchObject({ code: 'CHAOS_REPORT_INVALID' })
  expect(await executed(folder)).toBe(1)
})

test('when updates resolve, a result at least as new as theirs is on disk', async ({ folder }) => {
  const writer = new ReportWriter(folder)
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await writer.update(resultAfter(index + 1))
      expect(await executed(folder)).toBeGreaterThan(index)
    }),
  )
  expect(await executed(folder)).toBe(50)
})

test('a writer that failed once goes on', async ({ folder }) => {
  const writer = new ReportWriter(folder)
  const invalid = sampleResult([sampleScenario([sampleRun(1, { durationMs: Number.NaN })])], 1)
  await expect(writer.update(invalid)).rejects.toMatchObject({ code: 'CHAOS_REPORT_INVALID' })
  await writer.update(resultAfter(3))
  expect(await executed(folder)).toBe(3)
})
