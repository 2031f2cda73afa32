import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test as base, expect } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { ownFolder } from '../../test/support/own-folder.ts'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { RunClock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { recordFiles, sealFile } from '../record/files.ts'
import { readRecord } from '../record/reader.ts'
import { RunRecorder } from '../record/recorder.ts'
import { sealedFile } from '../record/seal.ts'
import { judgeRecord } from './judge-record.ts'
import { recordSeal } from './record-seal.ts'

/** A small record with a buffered stream, closed as every run closes its own. */
const test = base.extend<{ folder: string }>({ folder: ownFolder }).extend<{ closed: string }>({
  closed: async ({ folder }, use) => {
    await using recorder = await RunRecorder.open(folder, recordOf([], []).header, new RunClock())
    await writeFile(path.join(folder, recordFiles.effects), '')
    recorder.sealAlso(recordFiles.effects, () => sealedFile(''))
    for (const step of [1, 2, 3]) recorder.mark({ kind: 'step', step, name: `step ${step}` })
    recorder.mark({ kind: 'ended' })
    for (const call of [1, 2]) recorder.stream('wire', { buffered: true }).write({ call })
    recorder.observe({ kind: 'clock', errorMs: 1 })
    await recorder[Symbol.asyncDispose]()
    await use(folder)
  },
})

test('a record that was closed and not touched is whole', async ({ closed }) => {
  expect(judged(recordSeal, await readRecord(closed))).toEqual({ status: 'kept', findings: [] })
})

const line = (text: string, number: number) => `${text.split('\n')[number - 1] ?? ''}\n`
const drop = (number: number) => (text: string) => text.replace(line(text, number), '')

const damages: readonly [string, string, (text: string) => string, RegExp][] = [
  ['a lost line', recordFiles.timeline, drop(2), /timeline\.jsonl has 3 lines: it had 4/],
  ['lost lines at the end', recordFiles.observations, () => '', /observations\.jsonl has 0 lines: it had 1/],
  ['a doubled line', recordFiles.timeline, (text) => `${text}${line(text, 4)}`, /has 5 lines: it had 4/],
  [
    'two swapped lines',
    recordFiles.timeline,
    (text) => `${line(text, 2)}${line(text, 1)}${line(text, 3)}${line(text, 4)}`,
    /timeline\.jsonl was changed/,
  ],
  ['a changed value', recordFiles.timeline, (text) => text.replace('step 2', 'step 9'), /was changed/],
  ['a changed header', recordFiles.header, (text) => text.replace('5000', '9000'), /run\.json was changed/],
  ['a space in the header', recordFiles.header, (text) => `${text} `, /run\.json was changed/],
  ['an effect that was added', recordFiles.effects, () => '{}\n', /not valid/],
  ['a lost line of a buffered stream', 'wire.jsonl', drop(1), /wire\.jsonl has 1 lines: it had 2/],
  ['a stream that was added', 'more.jsonl', () => '{"#":1}\n', /more\.jsonl was added/],
]

test.for(damages)('%s is noticed', async ([, name, change, said], { closed }) => {
  const file = path.join(closed, name)
  await writeFile(file, change(await readFile(file, 'utf8').catch(() => '')))
  const messages = await readRecord(closed).then(
    (record) => judged(recordSeal, record).findings.map(({ message }) => message),
    (thrown: unknown) => [messageOf(thrown)],
  )
  expect(messages).toContainEqual(expect.stringMatching(said))
})

test('a stream or the seal itself that is gone is noticed', async ({ closed }) => {
  await rm(path.join(closed, 'wire.jsonl'))
  const { findings } = judged(recordSeal, await readRecord(closed))
  expect(findings).toMatchObject([{ message: 'the record is damaged: wire.jsonl is missing: it had 2 lines when the record was closed' }]) // prettier-ignore
  await rm(path.join(closed, sealFile))
  expect(judged(recordSeal, await readRecord(closed)).findings).toMatchObject([
    { message: expect.stringMatching(/the record has no seal/), kind: 'harness', voidsRun: true },
  ])
})

test('lines are numbered, so a loss before the seal is noticed as well', async ({ folder }) => {
  const recorder = await RunRecorder.open(folder, recordOf([], []).header, new RunClock())
  await writeFile(path.join(folder, recordFiles.effects), '')
  for (const step of [1, 2, 3]) recorder.mark({ kind: 'step', step, name: `step ${step}` })
  const file = path.join(folder, recordFiles.timeline)
  const text = await readFile(file, 'utf8')
  await recorder[Symbol.asyncDispose]()
  await writeFile(file, drop(2)(text))
  const { stored } = await readRecord(folder)
  expect(stored?.damage).toContain('timeline.jsonl: line 2 carries number 3')
})

test('a damaged record is an error, even if something seems to be lost', async ({ closed }) => {
  const record = await readRecord(closed)
  const safety = { name: 'own', promise: 'p', judge: () => ({ status: 'broken' as const, findings: [{ kind: 'safety' as const, message: 'lost' }] }) } // prettier-ignore
  const asked = { ...record, header: { ...record.header, checks: ['own'] } }
  expect(judgeRecord(asked, 'r', [safety]).verdict).toBe('fail')
  await appendFile(path.join(closed, recordFiles.timeline), '{"#":5,"atMs":99999,"kind":"ended"}\n')
  const damaged = { ...asked, stored: (await readRecord(closed)).stored }
  expect(judgeRecord(damaged, 'r', [safety])).toMatchObject({
    verdict: 'error',
    reason: expect.stringMatching(/^the record is damaged: timeline\.jsonl has 5 lines: it had 4/),
  })
})

test('records of older schemas have no seal, which is no damage', async () => {
  expect(judged(recordSeal, await storedRecord('due-after-the-outage'))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'records of schema 1 have no seal',
  })
  expect(judged(recordSeal, recordOf([], [])).why).toBe('the record was not read from a disk')
})
