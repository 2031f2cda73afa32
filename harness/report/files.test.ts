import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { ownFolder } from '../../test/support/own-folder.ts'
import { checkWritable, linkLatest, writeAtomically, writeFailure } from './files.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })

test('a file is replaced as a whole and leaves no temporary file', async ({ folder }) => {
  const path = join(folder, 'timing.json')
  await writeAtomically(path, 'old')
  await Promise.all(['one', 'two', 'three'].map((text) => writeAtomically(path, text)))
  expect(['one', 'two', 'three']).toContain(await readFile(path, 'utf8'))
  expect(await readdir(folder)).toEqual(['timing.json'])
})

test('if a file cannot be written, the error names it and nothing is left', async ({ folder }) => {
  const path = join(folder, 'timing.json')
  await mkdir(path)
  await writeFile(join(path, 'occupied'), '')
  await expect(writeAtomically(path, 'text')).rejects.toMatchObject({
    code: 'CHAOS_REPORT_UNWRITABLE',
    message: expect.stringContaining(path),
  })
  expect(await readdir(folder)).toEqual(['timing.json'])
})

test.skipIf(!existsSync('/dev/full'))('the error names a full disk', async () => {
  const thrown: unknown = await writeFile('/dev/full', 'text').catch((error: unknown) => error)
  expect(writeFailure('reports/timing.json', thrown)).toMatchObject({
    code: 'CHAOS_DISK_FULL',
    kind: 'harness',
    message: 'the disk is full: reports/timing.json cannot be written',
  })
})

test('latest points at the newest campaign by a relative path', async ({ folder }) => {
  for (const campaign of ['c1', 'c2']) {
    await mkdir(join(folder, campaign))
    await writeFile(join(folder, campaign, 'id'), campaign)
    await linkLatest(folder, join(folder, campaign))
    expect(await readlink(join(folder, 'latest'))).toBe(campaign)
    expect(await readFile(join(folder, 'latest', 'id'), 'utf8')).toBe(campaign)
  }
  expect(await readdir(folder)).toEqual(['c1', 'c2', 'latest'])
})

test.for(['folder', 'file'])('a %s called latest is left alone', async (kind, { folder }) => {
  const latest = join(folder, 'latest')
  await (kind === 'folder' ? mkdir(latest) : writeFile(latest, 'mine'))
  const expected = {
    code: 'CHAOS_LATEST_OCCUPIED',
    kind: 'usage',
    message: expect.stringContaining(`is a ${kind}`),
  }
  await expect(linkLatest(folder, join(folder, 'c1'))).rejects.toMatchObject(expected)
  await expect(checkWritable(folder)).rejects.toMatchObject(expected)
  expect(await readdir(folder)).toEqual(['latest'])
})

test('a missing folder is created', async ({ folder }) => {
  await checkWritable(join(folder, 'new', 'reports'))
  expect(await readdir(join(folder, 'new', 'reports'))).toEqual([])
})

test.skipIf(process.platform !== 'linux')('a folder that cannot be created is an error at once', async () => {
  const expected = { code: 'CHAOS_OUT_UNWRITABLE', message: expect.stringContaining('ENOENT') }
  await expect(checkWritable('/proc/chaos/reports')).rejects.toMatchObject(expected)
})

test('a link to nothing is no folder', async ({ folder }) => {
  await symlink(join(folder, 'nothing'), join(folder, 'link'))
  const expected = { code: 'CHAOS_OUT_UNWRITABLE' }
  await expect(checkWritable(join(folder, 'link'))).rejects.toMatchObject(expected)
  await expect(checkWritable(join(folder, 'link', 'reports'))).rejects.toMatchObject(expected)
})

test('an unwritable folder is a usage error', async ({ folder }) => {
  await writeFile(join(folder, 'file'), '')
  await expect(checkWritable(join(folder, 'file', 'reports'))).rejects.toMatchObject({
    code: 'CHAOS_OUT_UNWRITABLE',
    kind: 'usage',
    hint: expect.stringContaining('--out'),
  })
})
