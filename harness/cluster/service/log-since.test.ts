import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { logSince } from './log-since.ts'

const startMs = Date.parse('2026-11-22T03:00:00Z')
const lineAt = (second: number) =>
  JSON.stringify({ level: 'info', ts: new Date(startMs + second * 1_000).toISOString(), msg: 'läuft' })
const lines = Array.from({ length: 100 }, (_, second) => lineAt(second))

async function logged(text: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'log')
  await writeFile(file, text)
  return file
}

test.each([50, 97, 200, 100_000])('all from an instant on, %i bytes at a time', async (piece) => {
  const file = await logged(`${lines.join('\n')}\n`)
  const read = (await logSince(file, startMs + 60_000, piece)).split('\n')
  expect(read).toEqual(expect.arrayContaining(lines.slice(60)))
})

test('not much more than that is read', async () => {
  const file = await logged(`${lines.join('\n')}\n`)
  const read = await logSince(file, startMs + 90_000, 200)
  expect(read.length).toBeLessThan(lines.slice(85).join('\n').length)
})

test('lines without a timestamp tell nothing of when they were written', async () => {
  const text = [lineAt(1), lineAt(10), ...Array.from({ length: 50 }, () => 'goroutine'), ''].join('\n')
  expect(await logSince(await logged(text), startMs + 5_000, 64)).toContain(lineAt(10))
})

test('nothing of an empty log', async () => {
  expect(await logSince(await logged(''), startMs)).toBe('')
})
