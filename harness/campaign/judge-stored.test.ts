import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from 'vitest'
import { ownFolder } from '../../test/support/own-folder.ts'
import { notChecked, type Check } from '../checks/check.ts'
import { renderTiming } from '../report/json/timing.ts'
import { findRecords } from './find-records.ts'
import { judgeRecords, judgeStoredCampaign, type JudgeStoredOptions } from './judge-stored.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })
const stored = fileURLToPath(new URL('../../fixtures/records', import.meta.url))

async function addRecord(folder: string, at: string, name = 'due-after-the-outage'): Promise<string> {
  const record = path.join(folder, at)
  await mkdir(path.dirname(record), { recursive: true })
  await cp(path.join(stored, name), record, { recursive: true })
  return record
}

const optionsFor = (folder: string): JudgeStoredOptions => ({
  folder,
  ownChecks: async () => [],
  onJudged: () => undefined,
})

async function change(file: string, from: string, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
}

test('what holds no record names the folder and what is expected', async ({ folder }) => {
  const file = path.join(folder, 'timeline.jsonl')
  await writeFile(file, '')
  await mkdir(path.join(folder, 'empty'))
  await mkdir(path.join(folder, 'junk', 'photos'), { recursive: true })
  const cases = [
    [file, /timeline\.jsonl is no folder that can be read/],
    [path.join(folder, 'absent'), /absent is no folder that can be read/],
    [path.join(folder, 'empty'), /there is no record in .*empty/],
    [path.join(folder, 'junk'), /photos is not a record: it has no run\.json/],
  ] as const
  for (const [given, message] of cases) {
    await expect(findRecords(given)).rejects.toMatchObject({
      code: 'CHAOS_NO_RECORD',
      kind: 'usage',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('the folder of a run (with its run.json)'),
    })
  }
})

test('the folder of one run and a folder of records are judged without a campaign', async ({ folder }) => {
  const record = await addRecord(folder, 'ten')
  await addRecord(folder, 'two', 'due-during-the-outage')
  expect(await findRecords(record)).toEqual({ kind: 'records', records: ['.'] })
  const found = await findRecords(folder)
  expect(found).toEqual({ kind: 'records', records: ['ten', 'two'] })
  const { gate, scenarios } = await judgeRecords(['ten', 'two'], optionsFor(folder))
  expect(gate).toMatchObject({ required: 2, executed: 2, passed: 2, ok: true })
  expect(scenarios.map(({ runs }) => runs.map(({ folder }) => folder))).toEqual([['ten', 'two']])
})

test('a campaign whose timing.json is missing is known as such, with its runs in order', async ({
  folder,
}) => {
  for (const run of ['10', '2']) await addRecord(folder, path.join('runs', 's', run))
  expect(await findRecords(folder)).toEqual({ kind: 'remains', records: ['runs/s/2', 'runs/s/10'] })
  await rm(path.join(folder, 'runs', 's', '10', 'run.json'))
  await expect(findRecords(folder)).rejects.toMatchObject({ code: 'CHAOS_NO_RECORD' })
})

test('a result of a newer version and one that is none are refused by name', async ({ folder }) => {
  const file = path.join(folder, 'timing.json')
  await writeFile(file, '{"schema": 9}')
  await expect(findRecords(folder)).rejects.toMatchObject({
    code: 'CHAOS_RECORD_TOO_NEW',
    kind: 'usage',
    message: expect.stringMatching(/timing\.json has schema 9, but .* up to schema 2$/),
  })
  await writeFile(file, '{"schema": 2}')
  await expect(findRecords(folder)).rejects.toMatchObject({ code: 'CHAOS_RESULT_INVALID', kind: 'usage' })
})

/** A campaign of one run in its place, with the verdict that `timing.json` gives it. */
async function campaign(folder: string, verdict: 'pass' | 'error') {
  const record = await addRecord(folder, 'runs/kill-worker-mid-sleep/1')
  const judged = await judgeRecords(['runs/kill-worker-mid-sleep/1'], optionsFor(folder))
  await writeFile(
    path.join(folder, 'timing.json'),
    renderTiming(judged).replace('"verdict": "pass"', `"verdict": "${verdict}"`),
  )
  const judgeAgain = async () => {
    const found = await findRecords(folder)
    if (found.kind !== 'campaign') throw new Error(`found ${found.kind}`)
    return await judgeStoredCampaign(found.stored, optionsFor(folder))
  }
  return { record, judged, judgeAgain }
}

test('records of a newer version, or in the place of another, end the analysis', async ({ folder }) => {
  const { record, judged, judgeAgain } = await campaign(folder, 'pass')
  expect(await judgeAgain()).toEqual(judged)
  const header = path.join(record, 'run.json')
  await change(header, '"run": 1', '"run": 7')
  await expect(judgeAgain()).rejects.toMatchObject({
    code: 'CHAOS_RECORD_MISPLACED',
    message: expect.stringMatching(
      /should hold the record of kill-worker-mid-sleep #1 .*, but holds that of .* #7 /,
    ),
  })
  await change(header, '"schema": 1', '"schema": 4')
  await expect(judgeAgain()).rejects.toMatchObject({ code: 'CHAOS_RECORD_TOO_NEW', kind: 'usage' })
})

test('a run whose record never could be read stays an error; one that could be read ends the analysis', async ({
  folder,
}) => {
  const { record, judgeAgain } = await campaign(folder, 'error')
  await rm(path.join(record, 'effects.jsonl'))
  const { scenarios, gate } = await judgeAgain()
  expect(scenarios[0]?.runs[0]).toMatchObject({
    verdict: 'error',
    reason: expect.stringContaining('effects.jsonl cannot be read'),
  })
  expect(gate).toMatchObject({ executed: 1, passed: 0, ok: false })
  await change(path.join(folder, 'timing.json'), '"verdict": "error"', '"verdict": "pass"')
  await expect(judgeAgain()).rejects.toMatchObject({ code: 'CHAOS_RECORD_INVALID', kind: 'usage' })
})

test('a check that only the scenario brings is asked for only if the record needs it', async ({ folder }) => {
  const record = await addRecord(folder, 'one')
  const asked: string[] = []
  const own: Check = { name: 'my-check', promise: 'p', judge: () => notChecked('asked') }
  const options: JudgeStoredOptions = {
    ...optionsFor(folder),
    ownChecks: async (scenario) => {
      asked.push(scenario)
      return [own]
    },
  }
  await judgeRecords(['one'], options)
  expect(asked).toEqual([])
  await change(path.join(record, 'run.json'), '"checks": []', '"checks": ["my-check"]')
  const { scenarios } = await judgeRecords(['one'], options)
  expect(asked).toEqual(['kill-worker-mid-sleep'])
  expect(scenarios[0]?.runs[0]?.checks.at(-1)).toMatchObject({ check: 'my-check', why: 'asked' })
})
