import { closeSync, openSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { test as base, expect } from 'vitest'
import { ownFolder } from '../../test/support/own-folder.ts'
import { recordOf } from '../../test/support/stored-record.ts'
import { RunClock } from '../core/clock.ts'
import { ChaosError } from '../core/errors.ts'
import { RunRecorder } from './recorder.ts'
import { recordFiles } from './files.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })

const { header } = recordOf([], [])

test('each entry is on disk once it is marked', async ({ folder }) => {
  await using recorder = await RunRecorder.open(folder, header, new RunClock())
  const atMs = recorder.mark({ kind: 'step', step: 1, name: 'one' })
  const text = await readFile(path.join(folder, recordFiles.timeline), 'utf8')
  expect(text).toBe(`${JSON.stringify({ '#': 1, atMs, kind: 'step', step: 1, name: 'one' })}\n`)
})

test('a buffered stream has every line on disk once it is flushed, in order', async ({ folder }) => {
  await using recorder = await RunRecorder.open(folder, header, new RunClock())
  const wire = recorder.stream('wire', { buffered: true })
  const calls = Array.from({ length: 5_000 }, (_, call) => ({ kind: 'call', call }))
  for (const call of calls) wire.write(call)
  expect(recorder.stream('wire')).toBe(wire)
  await recorder.flush()
  const text = await readFile(path.join(folder, 'wire.jsonl'), 'utf8')
  expect(text).toBe(calls.map((call, at) => `${JSON.stringify({ '#': at + 1, ...call })}\n`).join(''))
})

test('lines of a buffered stream that were not flushed are on disk when the record is closed', async ({
  folder,
}) => {
  const recorder = await RunRecorder.open(folder, header, new RunClock())
  recorder.stream('wire', { buffered: true }).write({ kind: 'call' })
  await recorder[Symbol.asyncDispose]()
  expect(await readFile(path.join(folder, 'wire.jsonl'), 'utf8')).toBe('{"#":1,"kind":"call"}\n')
})

test('the timeline counts lines that were dropped because the disk was too slow', async ({ folder }) => {
  const recorder = await RunRecorder.open(folder, header, new RunClock())
  const wire = recorder.stream('wire', { buffered: true, maxWaiting: 2 })
  for (const call of [1, 2, 3, 4, 5]) wire.write({ call })
  await recorder[Symbol.asyncDispose]()
  const timeline = await readFile(path.join(folder, recordFiles.timeline), 'utf8')
  expect(timeline).toMatch(/^{"#":1,"atMs":[\d.]+,"kind":"lines-dropped","stream":"wire","lines":3}\n$/)
  expect(await readFile(path.join(folder, 'wire.jsonl'), 'utf8')).toBe('{"#":1,"call":1}\n{"#":2,"call":2}\n')
})

test('a stream cannot have a name that is no file name, nor the ledger’s', async ({ folder }) => {
  await using recorder = await RunRecorder.open(folder, header, new RunClock())
  for (const name of ['Wire', '../wire', '', 'effects', 'a.b']) {
    expect(() => recorder.stream(name)).toThrow(expect.objectContaining({ code: 'CHAOS_STREAM_NAME' }))
  }
})

test('a value that JSON cannot hold makes the recorder fail', async ({ folder }) => {
  await using recorder = await RunRecorder.open(folder, header, new RunClock())
  recorder.stream('wire', { buffered: true }).write({ big: 1n })
  expect(recorder.failure).toMatchObject({ code: 'CHAOS_RECORD_UNWRITABLE', kind: 'harness' })
})

test('errorOnce reports the same error only once', async ({ folder }) => {
  await using recorder = await RunRecorder.open(folder, header, new RunClock())
  const died = new ChaosError('postgres exited with 1', { code: 'CHAOS_SERVICE_DIED' })
  recorder.error(new Error('another'))
  recorder.errorOnce(died)
  recorder.errorOnce(died)
  const text = await readFile(path.join(folder, recordFiles.timeline), 'utf8')
  expect(text.match(/CHAOS_\w+/g)).toEqual(['CHAOS_UNEXPECTED', 'CHAOS_SERVICE_DIED'])
})

test('entries after the close are dropped, and reach no other file', async ({ folder }) => {
  const recorder = await RunRecorder.open(folder, header, new RunClock())
  await recorder[Symbol.asyncDispose]()
  const other = path.join(folder, 'of another run')
  // The system gives the descriptors that were just closed to these files.
  const descriptors = Array.from({ length: 3 }, () => openSync(other, 'a'))
  recorder.mark({ kind: 'ended' })
  recorder.observe({ kind: 'clock', errorMs: 1 })
  recorder.capture({
    workflowId: 'w',
    runId: 'r',
    event: { eventId: '1', eventTime: '2026-01-01T00:00:00Z', eventType: 'EVENT_TYPE_NEW' },
  })
  await recorder[Symbol.asyncDispose]()
  for (const descriptor of descriptors) closeSync(descriptor)
  expect(await readFile(other, 'utf8')).toBe('')
  expect(await readFile(path.join(folder, recordFiles.timeline), 'utf8')).toBe('')
  expect(recorder.failure).toBeUndefined()
})

test.skipIf(process.platform !== 'linux').for([false, true])(
  'a full disk makes the recorder fail, once (buffered: %s)',
  async (buffered, { folder }) => {
    await symlink('/dev/full', path.join(folder, 'wire.jsonl'))
    await using recorder = await RunRecorder.open(folder, header, new RunClock())
    const wire = recorder.stream('wire', { buffered })
    expect(() => wire.write({ kind: 'call' })).not.toThrow()
    await recorder.flush()
    expect(recorder.failure).toMatchObject({ code: 'CHAOS_DISK_FULL', kind: 'harness' })
  },
)

test('the end says how many entries of each kind came before it', async ({ folder }) => {
  const recorder = await RunRecorder.open(folder, header, new RunClock())
  for (const step of [1, 2]) recorder.mark({ kind: 'step', step, name: 'one' })
  recorder.mark({ kind: 'choice', name: 'due', value: 1 })
  recorder.end()
  await recorder[Symbol.asyncDispose]()
  const [, , , ended] = (await readFile(path.join(folder, recordFiles.timeline), 'utf8')).split('\n')
  expect(JSON.parse(ended ?? '')).toMatchObject({ kind: 'ended', entries: { step: 2, choice: 1 } })
})
