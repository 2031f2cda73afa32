import { chmod, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cacheRoot } from '../../core/cache-root.ts'
import { cacheEntry, inspectCache, manifestFile, type CacheEntry } from './cache.ts'
import { binaryNames } from '../../config/temporal-release.ts'
import { install, openStaging, otherBuilder, removeLeftovers } from './staging.ts'

const platform = { os: 'linux', arch: 'amd64' } as const

describe('cacheRoot', () => {
  test('follows XDG_CACHE_HOME, else the home folder', () => {
    expect(cacheRoot({ XDG_CACHE_HOME: '/xdg', HOME: '/home/me' })).toBe('/xdg/temporal-chaos')
    expect(cacheRoot({ HOME: '/home/me' })).toBe('/home/me/.cache/temporal-chaos')
  })

  test('takes a relative XDG_CACHE_HOME as unset', () => {
    expect(cacheRoot({ XDG_CACHE_HOME: 'cache', HOME: '/home/me' })).toBe('/home/me/.cache/temporal-chaos')
  })
})

test('neither a relative nor an empty HOME makes a cache in the working folder', () => {
  const own = `${userInfo().homedir}/.cache/temporal-chaos`
  expect(cacheRoot({ HOME: '' })).toBe(own)
  expect(cacheRoot({ HOME: 'home' })).toBe(own)
})

describe('a cache entry', () => {
  let home: string
  let entry: CacheEntry

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'chaos-cache-'))
    entry = cacheEntry({ XDG_CACHE_HOME: home }, platform)
  })

  afterEach(() => rm(home, { recursive: true, force: true }))

  async function installBoth(content = 'program'): Promise<void> {
    await using staging = await openStaging(entry)
    for (const name of binaryNames) await writeFile(join(staging.outputDir, name), content)
    await install(entry, staging, 'a test')
  }

  test('is empty before, good after an installation, and nothing is left beside it', async () => {
    expect(await inspectCache(entry)).toEqual({ state: 'empty' })
    await installBoth()
    expect(await inspectCache(entry)).toMatchObject({ state: 'good' })
    expect(await readdir(entry.parent)).toEqual([entry.name])
  })

  test.each<[string, RegExp, (folder: string) => Promise<void>]>([
    ['a binary is missing', /does not exist/, (folder) => rm(join(folder, 'temporal-server'))],
    ['a binary is shorter', /bytes instead of/, (folder) => truncate(join(folder, 'temporal-sql-tool'), 2)],
    [
      'a binary has other bytes of the same size',
      /its sha256 has changed/,
      (folder) => writeFile(join(folder, 'temporal-server'), 'sabotage'.slice(0, 'program'.length)),
    ],
    [
      'a binary cannot be executed',
      /not executable/,
      (folder) => chmod(join(folder, 'temporal-server'), 0o644),
    ],
    ['the manifest is missing', /ENOENT/, (folder) => rm(join(folder, manifestFile))],
    ['the manifest is cut off', /JSON/, (folder) => truncate(join(folder, manifestFile), 10)],
    [
      'the manifest is of another version',
      /not valid/,
      (folder) => writeFile(join(folder, manifestFile), '{}'),
    ],
  ])('is not trusted where %s, and can be installed again', async (_name, reason, damage) => {
    await installBoth()
    await damage(entry.folder)
    expect(await inspectCache(entry)).toMatchObject({
      state: 'damaged',
      reason: expect.stringMatching(reason),
    })
    await installBoth('another program')
    expect(await inspectCache(entry)).toMatchObject({ state: 'good' })
  })

  test('of an earlier harness version, without hashes, is trusted by its sizes', async () => {
    await installBoth()
    const file = join(entry.folder, manifestFile)
    const { sha256, ...earlier } = JSON.parse(await readFile(file, 'utf8')) as { sha256: object }
    expect(Object.keys(sha256)).toEqual(binaryNames)
    await writeFile(file, JSON.stringify(earlier))
    expect(await inspectCache(entry)).toMatchObject({ state: 'good' })
  })

  test('is damaged where it is a file', async () => {
    await mkdir(entry.parent, { recursive: true })
    await writeFile(entry.folder, '')
    expect(await inspectCache(entry)).toMatchObject({ state: 'damaged' })
  })

  test('leftovers of dead processes go, those of living ones stay', async () => {
    // Pid 1 always lives; the largest pid that any system gives is far below this one.
    const [living, dead] = [`.${entry.name}.1-aa`, `.${entry.name}.999999999-bb`]
    for (const name of [living, dead]) await mkdir(join(entry.parent, name, 'work'), { recursive: true })
    expect(await otherBuilder(entry)).toBe(1)
    await removeLeftovers(entry)
    expect(await readdir(entry.parent)).toEqual([living])
  })
})
