import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leastOpenFiles } from '../../core/open-files.ts'
import { checkCores, checkMemory, checkNode, checkOpenFiles } from './machine.ts'
import { judgeOutgoing } from './ports.ts'
import { checkFolder } from './storage.ts'

test('Node 24 is what it is tried with, 22.12 the oldest that its dependencies take', () => {
  expect(checkNode('24.21.0').status).toBe('ok')
  expect(checkNode('22.12.0').status).toBe('warning')
  expect(checkNode('26.0.0').status).toBe('warning')
  expect(checkNode('22.11.0')).toMatchObject({
    status: 'missing',
    hint: expect.stringContaining('pnpm chaos'),
  })
  expect(checkNode('20.20.2').status).toBe('missing')
})

test('a small machine is warned of, not refused', () => {
  expect(checkCores(1)).toMatchObject({ status: 'warning', found: '1 core' })
  expect(checkCores(2)).toMatchObject({ status: 'ok', found: '2 cores' })
  expect(checkMemory(1_000_000_000, 2_000_000_000)).toMatchObject({
    status: 'warning',
    found: '1.0 GB free of 2.0 GB',
  })
  expect(checkMemory(8_000_000_000, 16_000_000_000).status).toBe('ok')
})

test('ports that outgoing connections may take are warned of', () => {
  expect(judgeOutgoing(32_768).status).toBe('ok')
  expect(judgeOutgoing(undefined).status).toBe('ok')
  expect(judgeOutgoing(1_024)).toMatchObject({ status: 'warning', found: expect.stringContaining('1024') })
})

test('a folder is judged by the room it has, also before it exists, and is not made', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'chaos-doctor-'))
  try {
    const needs = { name: 'cache folder', folder: join(parent, 'a', 'b'), variable: 'XDG_CACHE_HOME' }
    expect((await checkFolder({ ...needs, bytes: 1, leastBytes: 1 })).status).toBe('ok')
    expect(await checkFolder({ ...needs, bytes: 1e18, leastBytes: 1 })).toMatchObject({
      status: 'warning',
      hint: expect.stringContaining('XDG_CACHE_HOME'),
    })
    expect((await checkFolder({ ...needs, bytes: 1e18, leastBytes: 1e18 })).status).toBe('missing')
    expect(await readdir(parent)).toEqual([])
  } finally {
    await rm(parent, { recursive: true })
  }
})

test('a folder that nothing would make is refused if it is not there', async () => {
  const needs = { name: 'temporary folder', folder: '/does/not/exist', variable: 'TMPDIR', mustExist: true }
  expect(await checkFolder({ ...needs, bytes: 1, leastBytes: 1 })).toMatchObject({
    status: 'missing',
    found: expect.stringContaining('ENOENT'),
    hint: expect.stringContaining('TMPDIR'),
  })
})

test('too few open files are refused', () => {
  expect(checkOpenFiles(64)).toMatchObject({
    status: 'missing',
    found: '64',
    hint: expect.stringContaining('ulimit -n'),
  })
  expect(checkOpenFiles(leastOpenFiles).status).toBe('ok')
  expect(checkOpenFiles(undefined).status).toBe('ok')
})

test('a folder below a file is refused', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'chaos-doctor-'))
  try {
    await writeFile(join(parent, 'file'), '')
    const needs = { name: 'cache folder', folder: join(parent, 'file', 'b'), variable: 'XDG_CACHE_HOME' }
    expect(await checkFolder({ ...needs, bytes: 1, leastBytes: 1 })).toMatchObject({
      status: 'missing',
      found: expect.stringContaining('ENOTDIR'),
    })
  } finally {
    await rm(parent, { recursive: true })
  }
})
