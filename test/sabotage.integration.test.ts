// The harness must catch everything that is broken: every way in which a run can lie is tried here, on real
// processes.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findingsOf } from '../harness/result/check-result.ts'
import { judgeRecord } from '../harness/checks/judge-record.ts'
import { defineScenario, readRecord } from '../harness/index.ts'
import { workerDies } from '../controls/shared/steps.ts'
import { onlyRun, runTestCampaign, sharedCampaign } from './support/campaign.ts'
import { resealed } from '../harness/mutation/reseal.ts'
import { readRecordFiles } from '../harness/record/read-files.ts'
import { recordFiles } from '../harness/record/files.ts'

const promise = 'A durable timer outlives the worker that started it.'

const honest = defineScenario({
  name: 'honest',
  promise,
  // Other tests share the machine.
  budgetMs: 20_000,
  probes: false,
  run: workerDies,
})

const { runOf, folderOf } = sharedCampaign({
  scenarios: [honest],
})

describe('a record that was tampered with', () => {
  let copy: string

  /** Judges the record of the good run again after `tamper` has changed one of its files, and all were sealed again. */
  async function judgedAfter(file: keyof typeof recordFiles, tamper: (text: string) => string) {
    await tampered(file, tamper)
    const sealed = Object.entries(resealed(await readRecordFiles(copy)))
    await Promise.all(sealed.map(([name, content]) => writeFile(path.join(copy, name), content)))
    return await judgedCopy()
  }

  async function judgedCopy() {
    const judged = judgeRecord(await readRecord(copy), '.')
    await rm(copy, { recursive: true })
    return judged
  }

  async function tampered(file: keyof typeof recordFiles, tamper: (text: string) => string) {
    copy = await mkdtemp(path.join(tmpdir(), 'chaos-tampered-'))
    await cp(folderOf(honest), copy, { recursive: true })
    const target = path.join(copy, recordFiles[file])
    const before = await readFile(target, 'utf8')
    const after = tamper(before)
    expect(after).not.toBe(before)
    await writeFile(target, after)
  }
  const lines = (text: string) => text.trimEnd().split('\n')

  test('passes if nobody changed it', () => {
    expect(runOf(honest)).toMatchObject({ verdict: 'pass', reason: null })
  })

  test('proves nothing if it no longer fits its seal', async () => {
    await tampered('effects', (text) => `${lines(text).slice(0, 1).join('\n')}\n`)
    expect(await judgedCopy()).toMatchObject({
      verdict: 'error',
      reason: expect.stringMatching(/^the record is damaged: effects.jsonl has 1 lines: it had \d+ when/),
    })
  })

  test('fails when an effect’s line is removed', async () => {
    const judged = await judgedAfter('effects', (text) => `${lines(text).slice(0, 1).join('\n')}\n`)
    expect(judged).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(/^lost: .*after-sleep$/) })
  })

  test('fails when an effect’s line is added', async () => {
    const judged = await judgedAfter('effects', (text) => `${text}${lines(text)[0] ?? ''}\n`)
    expect(judged).toMatchObject({
      verdict: 'fail',
      reason: expect.stringMatching(/^duplicated: .*before-sleep 2 times/),
    })
  })

  test('fails if an effect appears that nothing asked for', async () => {
    const judged = await judgedAfter('effects', (text) => {
      const stray = (lines(text).at(-1) ?? '')
        .replace(/"key":"[^"]*"/, '"key":"nobody/refund"')
        .replace(/"sequence":\d+/, `"sequence":${lines(text).length + 1}`)
      return `${text}${stray}\n`
    })
    expect(judged).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(/^phantom: .*refund/) })
  })

  test('fails when the stored history lost an event', async () => {
    const judged = await judgedAfter('observations', (text) =>
      text.replace('"eventType":"EVENT_TYPE_TIMER_STARTED"', '"eventType":"EVENT_TYPE_MARKER_RECORDED"'),
    )
    expect(judged.verdict).toBe('fail')
    expect(findingsOf(judged.checks)).toContainEqual(
      expect.objectContaining({ check: 'history-prefix', kind: 'safety' }),
    )
  })

  test('is an error, not a pass, when its end is missing', async () => {
    const judged = await judgedAfter('timeline', (text) => text.replace(/^.*"kind":"ended".*\n/m, ''))
    expect(judged.verdict).toBe('error')
    expect(findingsOf(judged.checks)).toContainEqual(
      expect.objectContaining({
        kind: 'harness',
        message: 'the record breaks off before the end of the run',
      }),
    )
  })

  test('is invalid when it does not parse', async () => {
    const broken = judgedAfter('timeline', (text) => `${text}{"kind":"half`)
    await expect(broken).rejects.toMatchObject({ code: 'CHAOS_RECORD_INVALID' })
    await rm(copy, { recursive: true })
  })
})

describe('a run that goes wrong', () => {
  test('the code does not replay its history: fail', async () => {
    const replayWorkflowsPath = fileURLToPath(new URL('fixtures/changed-workflows.ts', import.meta.url))
    await using outcome = await runTestCampaign({ scenarios: [honest], overrides: { replayWorkflowsPath } })
    expect(onlyRun(outcome)).toMatchObject({
      verdict: 'fail',
      reason: expect.stringMatching(/does not replay/),
    })
  })
})
