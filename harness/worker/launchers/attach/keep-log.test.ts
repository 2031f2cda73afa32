import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logKeeper } from './keep-log.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keep-log-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function kept(file: string | undefined, meanwhile: () => Promise<void>): Promise<string> {
  const logFile = path.join(folder, 'kept.log')
  const keep = await logKeeper(file, logFile)
  await meanwhile()
  await keep()
  return readFile(logFile, 'utf8')
}

test('what was logged since then, and nothing from before', async () => {
  const file = path.join(folder, 'worker.log')
  await writeFile(file, 'before\n')
  expect(await kept(file, () => appendFile(file, 'meanwhile\n'))).toBe('meanwhile\n')
  expect(await kept(file, () => writeFile(file, 'anew\n'))).toBe('anew\n')
})

test('a log that is nowhere, or of which nobody said where it is', async () => {
  const nothing = async () => {}
  expect(await kept(path.join(folder, 'missing.log'), nothing)).toMatch(/missing\.log cannot be read: ENOENT/)
  expect(await kept(undefined, nothing)).toMatch(/"attach\.log" in the configuration names its file/)
})
