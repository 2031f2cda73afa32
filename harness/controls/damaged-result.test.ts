import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import rowStandsTwice from '../../controls/row-stands-twice.ts'
import { sampleRun } from '../../test/support/campaign-results.ts'
import { sealedFiles } from '../../test/support/sealed-record.ts'
import { readRecord } from '../record/reader.ts'
import { defineControl, type Control, type RecordControlDefinition } from './control.ts'
import { damagedResult } from './damaged-result.ts'

const healthy = sampleRun(1, { folder: 'healthy' })

/** A campaign's folder with the record of a healthy run. */
async function campaign(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(path.join(folder, healthy.folder))
  for (const [name, content] of Object.entries(await sealedFiles('signals-after-a-restart')))
    await writeFile(path.join(folder, healthy.folder, name), content)
  return folder
}

function control(
  differing: Partial<RecordControlDefinition> = {},
): Control & Pick<Required<Control>, 'damaged'> {
  const of = defineControl({
    name: 'healthy',
    breaks: 'nothing',
    defect: 'Nothing is broken.',
    scenario: { run: async () => {} },
    expected: { verdict: 'pass' },
  })
  const defined = defineControl({
    name: 'clock-is-set',
    breaks: 'record',
    defect: 'Somebody sets the clock.',
    of,
    damage: ({ observations }) => ({
      observations: observations.map((one) => (one.kind === 'clock' ? { ...one, errorMs: 900 } : one)),
    }),
    expected: { verdict: 'error', check: 'clock', finding: /^the wall clock moved by 900 ms/ },
    ...differing,
  })
  if (defined.damaged === undefined) throw new Error('it damages nothing')
  return { ...defined, damaged: defined.damaged }
}

const resultOf = async (one: ReturnType<typeof control>, folder: string, run = healthy) =>
  damagedResult(one, one.damaged, run, folder)

test('the damaged record is judged from the disk, where anybody can judge it again', async () => {
  const folder = await campaign()
  const { missed, run } = await resultOf(control(), folder)
  expect(missed).toBeNull()
  expect(run.folder).toBe('damaged/clock-is-set')
  const { stored, header } = await readRecord(path.join(folder, run.folder))
  expect([stored?.damage, header.scenario]).toEqual([[], 'signal-after-restart'])
})

test('a seal that is kept shows the damage', async () => {
  const finding = /^the record is damaged: observations\.jsonl was changed after the record was closed$/
  const sealed = control({ seal: 'kept', expected: { verdict: 'error', check: 'record-seal', finding } })
  expect((await resultOf(sealed, await campaign())).missed).toBeNull()
})

test.each<[string, Partial<RecordControlDefinition>, string]>([
  [
    'harmless',
    { damage: ({ header }) => ({ header: { ...header, promise: 'other' } }) },
    'the verdict is pass, not error: no finding',
  ],
  [
    'none at all',
    { damage: () => ({}), expected: { verdict: 'fail', check: 'clock', finding: /moved/ } },
    'the verdict is error, not fail: the damage changed nothing',
  ],
])('a control whose damage is %s is missed', async (_, differing, missed) => {
  expect((await resultOf(control(differing), await campaign())).missed).toBe(missed)
})

test('without a healthy run there is no record to damage', async () => {
  const failed = sampleRun(1, { verdict: 'fail', reason: 'lost: a timer' })
  const { missed, run } = await resultOf(control(), '/nowhere', failed)
  expect(missed).toBe('the run whose record it damages should pass, but is fail: lost: a timer')
  expect(run).toBe(failed)
})

test('rows that a project’s queries showed can be put into the record of any healthy run', async () => {
  const { damaged } = rowStandsTwice
  if (damaged === undefined) throw new Error('it damages nothing')
  const { missed, run } = await damagedResult(rowStandsTwice, damaged, healthy, await campaign())
  expect([missed, run.verdict]).toEqual([null, 'fail'])
})
