import { closeSync, openSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { test as base, expect } from 'vitest'
import { ownFolder } from '../../fixtures/own-folder.ts'
import { recordOf } from '../../fixtures/stored-record.ts'
import { RunClock } from '../core/clock.ts'
import { ChaosError } from '../core/errors.ts'
import { recordFiles, RunRecorder } from './recorder.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })

const { header } = recordOf([], [])

test('each entry is on disk when it was marked', async ({ folder }) => {
  using recorder = await RunRecorder.open(folder, header, new RunClock())
  const atMs = recorder.mark({ kind: 'step', step: 1, name: 'one' })
  const text = await readFile(path.join(folder, recordFiles.timeline), 'utf8')
  expect(text).toBe(`${JSON.stringify({ atMs, kind: 'step', step: 1, name: 'one' })}\n`)
})

test('an error that several tell of is told once where they ask for that', async ({ folder }) => {
  using recorder = await RunRecorder.open(folder, header, new RunClock())
  const died = new ChaosError('postgres exited with 1', { code: 'CHAOS_SERVICE_DIED' })
  recorder.error(new Error('another'))
  recorder.errorOnce(died)
  recorder.errorOnce(died)
  const text = await readFile(path.join(folder, recordFiles.timeline), 'utf8')
  expect(text.match(/CHAOS_\w+/g)).toEqual(['CHAOS_UNEXPECTED', 'CHAOS_SERVICE_DIED'])
})

test('what comes after it was closed is dropped, and lands in nobody else’s file', async ({ folder }) => {
  const recorder = await RunRecorder.open(folder, header, new RunClock())
  recorder[Symbol.dispose]()
  const other = path.join(folder, 'of another run')
  // These get the descriptors that were just closed.
  const descriptors = Array.from({ length: 3 }, () => openSync(other, 'a'))
  recorder.mark({ kind: 'ended' })
  recorder.observe({ kind: 'clock', errorMs: 1 })
  recorder.capture({
    workflowId: 'w',
    runId: 'r',
    event: { eventId: '1', eventTime: '2026-01-01T00:00:00Z', eventType: 'EVENT_TYPE_NEW' },
  })
  recorder[Symbol.dispose]()
  for (const descriptor of descriptors) closeSync(descriptor)
  expect(await readFile(other, 'utf8')).toBe('')
  expect(await readFile(path.join(folder, recordFiles.timeline), 'utf8')).toBe('')
  expect(recorder.failure).toBeUndefined()
})

test.skipIf(process.platform !== 'linux')(
  'a disk that is full is its failure, told once',
  async ({ folder }) => {
    await symlink('/dev/full', path.join(folder, recordFiles.timeline))
    using recorder = await RunRecorder.open(folder, header, new RunClock())
    expect(() => recorder.mark({ kind: 'ended' })).not.toThrow()
    expect(recorder.failure).toMatchObject({ code: 'CHAOS_DISK_FULL', kind: 'harness' })
  },
)
