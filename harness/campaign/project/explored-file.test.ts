import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Explored } from '../../scenario/generic/explored.ts'
import { readExplored, writeExplored } from './explored-file.ts'

const seen: Explored = {
  version: 'v1',
  workload: 'order',
  ends: [],
  durationMs: 900,
  moments: [{ name: 'timer-1', lastsMs: 800 }],
  queues: {},
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'chaos-explored-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

test('what was written is read by the same configuration only', async () => {
  const out = await folder()
  expect(await readExplored(out, { version: 'v1' }, 'order')).toBeUndefined()
  await writeExplored(out, seen)
  expect(await readExplored(out, { version: 'v1' }, 'order')).toEqual(seen)
  expect(await readExplored(out, { version: 'v2' }, 'order')).toBeUndefined()
})

test('a damaged file and one that is none are named, with what to do', async () => {
  const out = await folder()
  const file = path.join(out, 'explored', 'order.json')
  await mkdir(path.dirname(file))
  await writeFile(file, '{"version": "v1", "mom')
  const unreadable = expect.objectContaining({
    code: 'CHAOS_EXPLORED_UNREADABLE',
    message: expect.stringMatching(/^what was seen of the workload order cannot be read: .*JSON/),
    hint: expect.stringContaining(`Remove ${file}.`),
  })
  await expect(readExplored(out, { version: 'v1' }, 'order')).rejects.toEqual(unreadable)
  await rm(file)
  await mkdir(file)
  await expect(readExplored(out, { version: 'v1' }, 'order')).rejects.toThrow(/EISDIR/)
})

test('a file of another version of the harness counts as none', async () => {
  const out = await folder()
  await mkdir(path.join(out, 'explored'))
  await writeFile(path.join(out, 'explored', 'order.json'), '{"version": "v1"}')
  expect(await readExplored(out, { version: 'v1' }, 'order')).toBeUndefined()
})
