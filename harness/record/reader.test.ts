import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from 'vitest'
import { ownFolder } from '../../test/support/own-folder.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { recordFiles } from './files.ts'
import { readRecord } from './reader.ts'
import { observationsOf } from './record.ts'

const stored = fileURLToPath(new URL('../../fixtures/records/due-after-the-outage', import.meta.url))

/** A copy of a stored record, which the test may change. */
const test = base.extend<{ folder: string }>({ folder: ownFolder }).extend<{ record: string }>({
  record: async ({ folder }, use) => {
    const record = path.join(folder, 'record')
    await cp(stored, record, { recursive: true })
    await use(record)
  },
})

test('an older record is read as this version would have written it', async ({ record }) => {
  expect(JSON.parse(await readFile(path.join(record, recordFiles.header), 'utf8'))).toMatchObject({
    schema: 1,
  })
  const { header, timeline } = await readRecord(record)
  expect(header.schema).toBe(3)
  expect(timeline.filter(({ kind }) => kind === 'workflow')).toMatchObject([{ origin: 'scenario' }])
})

test('unknown kinds and streams are kept, and do not change how the record is judged', async ({ record }) => {
  const before = judgeRecord(await readRecord(record), 'r')
  const flag = { kind: 'flag', atMs: 1, colour: 'red' }
  const rows = { kind: 'my-rows', rows: [[1], [2]] }
  const call = { call: 'PollWorkflowTaskQueue' }
  await appendFile(path.join(record, recordFiles.timeline), `${JSON.stringify(flag)}\n`)
  await appendFile(path.join(record, recordFiles.observations), `${JSON.stringify(rows)}\n`)
  await writeFile(path.join(record, 'wire.jsonl'), `${JSON.stringify(call)}\n`)
  const read = await readRecord(record)
  expect(read.opaque).toEqual({ timeline: [flag], observations: [rows], streams: { wire: [call] } })
  expect(observationsOf(read, 'my-rows')).toEqual([rows])
  expect(judgeRecord(read, 'r')).toEqual(before)
})

test('a record of a newer schema names the file, both versions and what to do', async ({ record }) => {
  const file = path.join(record, recordFiles.header)
  await writeFile(file, (await readFile(file, 'utf8')).replace('"schema": 1', '"schema": 7'))
  await expect(readRecord(record)).rejects.toMatchObject({
    code: 'CHAOS_RECORD_TOO_NEW',
    message: `${file} has schema 7, but this version of temporal-chaos reads records up to schema 3`,
    hint: 'Judge the record with the version of temporal-chaos that wrote it, or a newer one.',
  })
})

const damages: Readonly<
  Record<string, readonly [keyof typeof recordFiles, (text: string) => string, RegExp]>
> = {
  'half a line': ['timeline', (text) => `${text}{"kind":"ste`, /timeline\.jsonl:\d+ is not JSON/],
  'a line without a kind': ['observations', (text) => `${text}{"error":null}\n`, /not valid/],
  'a known kind with a wrong field': [
    'timeline',
    (text) => `${text}{"kind":"step","atMs":"now"}\n`,
    /not valid/,
  ],
  'a header that is a list': ['header', () => '[]', /not valid/],
  'a header without a schema': ['header', (text) => text.replace(/"schema": 1,/, ''), /not valid/],
}
for (const [what, [file, damage, message]] of Object.entries(damages)) {
  test(`${what} makes a record invalid`, async ({ record }) => {
    const target = path.join(record, recordFiles[file])
    await writeFile(target, damage(await readFile(target, 'utf8')))
    await expect(readRecord(record)).rejects.toMatchObject({
      code: 'CHAOS_RECORD_INVALID',
      message: expect.stringMatching(message),
    })
  })
}

test('a record without one of its files is invalid, and the error lists the files of a record', async ({
  record,
}) => {
  await rm(path.join(record, recordFiles.effects))
  await expect(readRecord(record)).rejects.toMatchObject({
    code: 'CHAOS_RECORD_INVALID',
    message: expect.stringContaining('effects.jsonl cannot be read'),
    hint: expect.stringContaining(
      'run.json, timeline.jsonl, captures.jsonl, observations.jsonl, effects.jsonl',
    ),
  })
})
