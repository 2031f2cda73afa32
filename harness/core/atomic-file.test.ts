import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { replaceFile, replaceFileSync, syncFile, temporaryBeside, unfinishedSuffix } from './atomic-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-file-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

test('the new file takes the place of the old one, which stays until then', async () => {
  const file = join(folder, 'file')
  await writeFile(file, 'old')
  await replaceFile(file, async (temporary) => {
    await writeFile(temporary, 'new')
    await syncFile(temporary)
    expect(await readFile(file, 'utf8')).toBe('old')
  })
  expect(await readFile(file, 'utf8')).toBe('new')
  replaceFileSync(file, 'newest')
  expect(await readFile(file, 'utf8')).toBe('newest')
  expect(await readdir(folder)).toEqual(['file'])
})

test('a failure leaves the old file and nothing else', async () => {
  const file = join(folder, 'file')
  await writeFile(file, 'old')
  const failing = replaceFile(file, async (temporary) => {
    await writeFile(temporary, 'half of it')
    throw new Error('no more')
  })
  await expect(failing).rejects.toThrow('no more')
  expect(() => replaceFileSync(join(folder, 'nowhere', 'file'), 'text')).toThrow(/ENOENT/)
  expect(await readdir(folder)).toEqual(['file'])
  expect(await readFile(file, 'utf8')).toBe('old')
})

test('unfinished files can be told by their names, and no two have the same', () => {
  const names = [1, 2].map(() => temporaryBeside('/a/b.tar'))
  expect(new Set(names).size).toBe(2)
  for (const name of names)
    expect(name).toMatch(new RegExp(`^/a/\\.b\\.tar\\.[0-9a-f]+\\${unfinishedSuffix}$`))
})
