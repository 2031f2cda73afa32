import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleVersion } from './module-version.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'module-version-'))
})
afterAll(() => rm(folder, { recursive: true }))

const write = (name: string, text: string) => writeFile(path.join(folder, name), text)
const version = () => moduleVersion(path.join(folder, 'main.ts'))

test('an edit of the file or of any file that it imports makes a new version, and undoing it the old one', async () => {
  await write('main.ts', "import { a } from './a.ts'\nexport default a\n")
  await write('a.ts', "export { b as a } from './b.js'\nconst late = () => import('./c')\n")
  await write('b.ts', "import './main.ts'\nexport const b = 1\n")
  await write('c.ts', 'export const c = 1\n')
  const first = await version()
  expect(first).toMatch(/^[0-9a-f]{16}$/)
  for (const [name, before, after] of [
    ['b.ts', "import './main.ts'\nexport const b = 1\n", 'export const b = 2\n'],
    ['c.ts', 'export const c = 1\n', 'export const c = 2\n'],
  ] as const) {
    await write(name, after)
    expect(await version()).not.toBe(first)
    await write(name, before)
    expect(await version()).toBe(first)
  }
})

test('imports of packages, and of files that are not there, do not count', async () => {
  await write('main.ts', "import 'temporal-chaos'\nimport './missing.ts'\nexport default 1\n")
  expect(await version()).toBe(await version())
})
