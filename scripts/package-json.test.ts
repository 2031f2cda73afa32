// What package.json says twice, or another file says too, says the same.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => readFile(path.join(root, file), 'utf8')

const exportsSchema = z.record(z.string(), z.string())
const { exports, publishConfig, scripts, devDependencies } = z
  .object({
    exports: exportsSchema,
    publishConfig: z.object({ exports: exportsSchema }),
    scripts: z.object({ chaos: z.string() }),
    devDependencies: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(await read('package.json')))

test('the package exports the compiled twin of each source that the checkout exports', () => {
  const compiled = Object.entries(exports).map(([name, file]) => [
    name,
    file.endsWith('.ts') ? file.replace(/^\.\//, './dist/').replace(/\.ts$/, '.js') : file,
  ])
  expect(publishConfig.exports).toEqual(Object.fromEntries(compiled))
  expect(Object.keys(exports)).toEqual(expect.arrayContaining(['.', './config', './vitest']))
})

test("the package's command has the flags of the checkout's", async () => {
  const flags = scripts.chaos.match(/--\S+/g)
  expect(flags).toContain('--max-semi-space-size=8')
  expect(await read('bin/temporal-chaos')).toContain(`exec "$node" ${flags?.join(' ')} `)
})

test('npm brings the Node that the checkout has', async () => {
  const [, major] = /^const nodeMajor = (\d+)$/m.exec(await read('harness/cli/choose-node.ts')) ?? []
  expect(devDependencies.node.split('.')[0]).toBe(major)
})
