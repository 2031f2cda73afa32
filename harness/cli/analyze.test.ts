import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from 'vitest'
import { ownFolder } from '../../test/support/own-folder.ts'
import { judgeRecords } from '../campaign/judge-stored.ts'
import { renderTiming } from '../report/json/timing.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import { analyze } from './analyze.ts'

const stored = fileURLToPath(new URL('../../fixtures/records', import.meta.url))

async function analyzed(folder: string): Promise<{ exitCode: number; stdout: string }> {
  const out = new PassThrough()
  const exitCode = await analyze(folder, { load: async () => [], out })
  out.end()
  return { exitCode, stdout: await text(out) }
}

interface Campaign {
  readonly folder: string
  readonly run: string
  /** Changes the content of `timing.json`. */
  rewrite(change: (result: CampaignResult) => CampaignResult): Promise<void>
  timing(): Promise<CampaignResult>
}

/** A report folder of a campaign that executed one run. */
const test = base.extend<{ folder: string }>({ folder: ownFolder }).extend<{ campaign: Campaign }>({
  campaign: async ({ folder }, use) => {
    const run = path.join(folder, 'runs', 'kill-worker-mid-sleep', '2')
    await mkdir(path.dirname(run), { recursive: true })
    await cp(path.join(stored, 'due-during-the-outage'), run, { recursive: true })
    await writeFile(path.join(run, 'verdict.json'), '{}\n')
    const options = { folder, ownChecks: async () => [], onJudged: () => undefined }
    const result = await judgeRecords([path.relative(folder, run)], options)
    const file = path.join(folder, 'timing.json')
    const timing = async () => JSON.parse(await readFile(file, 'utf8')) as CampaignResult
    await writeFile(file, renderTiming(result))
    const rewrite: Campaign['rewrite'] = async (change) =>
      writeFile(file, JSON.stringify(change(await timing())))
    await use({ folder, run, rewrite, timing })
  },
})

test('a campaign is judged again from its records alone, and all of its reports are rewritten', async ({
  campaign,
}) => {
  const before = await campaign.timing()
  // The verdicts and figures of an earlier version, as wrong as possible.
  await campaign.rewrite((result) => ({
    ...result,
    scenarios: result.scenarios.map((one) => ({
      ...one,
      runs: one.runs.map((run) => ({ ...run, verdict: 'fail' as const, checks: [], recoveryMs: 1 })),
    })),
  }))
  const { exitCode, stdout } = await analyzed(campaign.folder)
  expect(exitCode).toBe(0)
  expect(stdout).toContain(
    '1 of 1 verdicts differ from the stored ones\n  kill-worker-mid-sleep #2: pass, was fail\n',
  )
  expect(stdout).toMatch(/✔ kill-worker-mid-sleep #2 {2}recovery 2\.72 s/)
  expect(stdout.trimEnd()).toMatch(/\n1 passed, 0 failed$/)
  expect(await campaign.timing()).toEqual(before)
  expect(JSON.parse(await readFile(path.join(campaign.run, 'verdict.json'), 'utf8'))).toEqual(
    before.scenarios[0]?.runs[0],
  )
  expect(await readFile(path.join(campaign.folder, 'junit.xml'), 'utf8')).toContain(
    'tests="1" failures="0" errors="0"',
  )
})

test('a broken promise is exit code 1, whatever the reports said before', async ({ campaign }) => {
  const effects = path.join(campaign.run, 'effects.jsonl')
  await writeFile(effects, `${(await readFile(effects, 'utf8')).split('\n')[0] ?? ''}\n`)
  const { exitCode, stdout } = await analyzed(campaign.folder)
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/✘ kill-worker-mid-sleep #2 .*fail: lost: the ledger never accepted/)
  expect((await campaign.timing()).gate).toMatchObject({ executed: 1, passed: 0, ok: false })
})

test('a campaign that executed fewer runs than required is exit code 3', async ({ campaign }) => {
  await campaign.rewrite((result) => ({
    ...result,
    scenarios: result.scenarios.map((one) => ({ ...one, required: 2 })),
    gate: { ...result.gate, required: 2 },
  }))
  const { exitCode, stdout } = await analyzed(campaign.folder)
  expect(exitCode).toBe(3)
  expect(stdout).toContain('kill-worker-mid-sleep #1 not executed')
})

test('a record that cannot be judged is wrong usage, and every report stays as it was', async ({
  campaign,
}) => {
  const before = await campaign.timing()
  await writeFile(path.join(campaign.run, 'timeline.jsonl'), '{"kind":"ste')
  await expect(analyzed(campaign.folder)).rejects.toMatchObject({
    code: 'CHAOS_RECORD_INVALID',
    kind: 'usage',
    message: expect.stringMatching(/timeline\.jsonl:1 is not JSON/),
    hint: expect.stringMatching(/^A record is the folder of a run: run\.json, /),
  })
  expect(await campaign.timing()).toEqual(before)
  expect(await readFile(path.join(campaign.run, 'verdict.json'), 'utf8')).toBe('{}\n')
})

test('a record that is judged twice has the same verdict, which is said', async ({ campaign }) => {
  await analyzed(campaign.folder)
  const { stdout } = await analyzed(campaign.folder)
  expect(stdout).toContain('0 of 1 verdicts differ from the stored ones\n')
  const alone = await analyzed(campaign.run)
  expect(alone.stdout).toContain('0 of 1 verdicts differ from the stored ones\n')
  await writeFile(path.join(campaign.run, 'verdict.json'), '{"verdict": "error"}')
  expect((await analyzed(campaign.run)).stdout).toContain('kill-worker-mid-sleep #2: pass, was error\n')
  await writeFile(path.join(campaign.run, 'verdict.json'), 'no verdict')
  expect((await analyzed(campaign.run)).stdout).toContain('no verdict was stored to compare with\n')
})

test('text of the system under test neither steers the terminal nor commands a CI system', async ({
  campaign,
}) => {
  const file = path.join(campaign.run, 'timeline.jsonl')
  const hostile = { kind: 'error', atMs: 1e9, code: 'X', errorKind: 'harness', message: `\u001B[2J\u0007no\n::error::${'x'.repeat(1_000_000)}` } // prettier-ignore
  await writeFile(file, `${await readFile(file, 'utf8')}${JSON.stringify(hostile)}\n`)
  const { stdout } = await analyzed(campaign.folder)
  // oxlint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000B-\u001A\u001C-\u001F]|\u001B(?!\[[\d;]*m)/)
  expect(stdout).not.toMatch(/^\s*::/m)
  expect(stdout).toMatch(/… \(\d+ more characters\)/)
  expect(stdout.length).toBeLessThan(50_000)
})
