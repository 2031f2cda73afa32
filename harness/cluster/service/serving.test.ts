import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileLog } from '../../processes/log-tail.ts'
import { serviceDied } from './serving.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'serving-'))
})
afterAll(() => rm(folder, { recursive: true }))

const exit = { code: 2, signal: null, atMs: 1 }

test.each([
  ['{"level":"info","msg":"started"}\n', 'CHAOS_SERVICE_DIED', 'harness'],
  ['{"level":"error","msg":"panic: as somebody else put it"}\n', 'CHAOS_SERVICE_DIED', 'harness'],
  [
    '{"level":"info","msg":"started"}\npanic: runtime error: index out of range\n',
    'CHAOS_SERVICE_PANICKED',
    'unmet',
  ],
  ['fatal error: concurrent map writes\n', 'CHAOS_SERVICE_PANICKED', 'unmet'],
  ['2026-11-21 12:00:00 UTC [1] PANIC:  could not locate a record\n', 'CHAOS_SERVICE_PANICKED', 'unmet'],
  [
    '2026-11-21 12:00:00 UTC [1] PANIC:  could not write to file "x": No space left on device\n',
    'CHAOS_DISK_FULL',
    'harness',
  ],
])('a service that died with %j in its log', async (log, code, kind) => {
  const file = path.join(folder, 'service.log')
  await writeFile(file, log)
  const error = await serviceDied('temporal-server', exit, fileLog(file))
  expect(error).toMatchObject({ code, kind })
  expect(error.message).toContain('the end of its log:\n  ')
})
