import { access, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { assets, workerImageFiles } from './assets.ts'

const harness = path.join(assets.checkout, 'harness')
const own = path.join(harness, 'core', 'assets.ts')

/** Every relative path in a text that leads upwards. */
function upwardPaths(text: string): string[] {
  return [...text.matchAll(/['"`]((?:\.\.\/)+[^'"`\n]*|\.\.(?:\/\.\.)*)['"`]/g)].map(
    ([, found = '']) => found,
  )
}

async function pathsOut(file: string): Promise<string[]> {
  const found = upwardPaths(await readFile(file, 'utf8'))
  return found.filter((one) => {
    const target = path.resolve(path.dirname(file), one)
    return target !== harness && !target.startsWith(`${harness}${path.sep}`)
  })
}

test('every asset exists', async () => {
  for (const asset of Object.values(assets)) await expect(access(asset)).resolves.toBeUndefined()
})

test('no other code of the harness has a path out of its folder', async () => {
  const names = await readdir(harness, { recursive: true })
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(100)
  const out: string[] = []
  for (const name of files) {
    const file = path.join(harness, name)
    if (file !== own) out.push(...(await pathsOut(file)).map((found) => `${name}: ${found}`))
  }
  expect(out).toEqual([])
})

/** Lines of code that fit the checkout only: TypeScript does not run in the package, and is not called so there. */
function forCheckoutOnly(text: string): string[] {
  const code = text.split('\n').filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
  return code.filter((line) => /new URL\([^)]*\.ts\b/.test(line) || line.includes('pnpm chaos'))
}

test('no code starts a TypeScript file or says the command of the checkout, but by what knows both', async () => {
  const names = await readdir(harness, { recursive: true })
  const found: string[] = []
  for (const name of names.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))) {
    if (name !== path.join('core', 'command-name.ts')) {
      found.push(...forCheckoutOnly(await readFile(path.join(harness, name), 'utf8')))
    }
  }
  expect(found).toEqual([])
  const both = "start(new URL('guard.ts', import.meta.url))\n// pnpm chaos\nprint('pnpm chaos list')"
  expect(forCheckoutOnly(both)).toEqual(both.split('\n').filter((line) => !line.startsWith('//')))
})

test('a path out of the folder would be found', async () => {
  expect(upwardPaths("new URL('../../fixtures/worker.ts', here); join(here, '..', '../..')")).toEqual([
    '../../fixtures/worker.ts',
    '..',
    '../..',
  ])
  expect(await pathsOut(own)).toEqual(['../../${path}'])
})

/** The files of the checkout that a file needs when it runs: types are gone by then. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(path.join(assets.checkout, file), 'utf8')
  const found = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'(\.[^']*)'/gm)
  return [...found].map(([, one = '']) => path.join(path.dirname(file), one))
}

test('an image of the worker has every file that its files import', async () => {
  const { code, explore } = workerImageFiles
  const files: string[] = []
  for (const { files: single, folder } of [code, explore]) {
    const inFolder = await readdir(path.join(assets.checkout, folder), { recursive: true })
    files.push(...single, ...inFolder.map((name) => path.join(folder, name)))
  }
  const present = new Set(files)
  const imports = await Promise.all(
    files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map(importsOf),
  )
  expect(imports.flat()).toContain('harness/record/seal.ts')
  expect(imports.flat().filter((file) => !present.has(file))).toEqual([])
})
