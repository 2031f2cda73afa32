// What is said in two places is the same in both.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import {
  debianPostgresMajor,
  officialImages,
  ownImages,
  uiVersion,
  workerFiles,
  workerImage,
  workerSources,
} from '../../harness/containers/images/images.ts'
import { stateOf } from './build-all.ts'
import { inCheckout } from './recipe.ts'
import { configOfBuild } from './server.ts'
import { ui } from './ui.ts'
import { worker, workerDependencies } from './worker.ts'

const read = (file: string) => readFile(inCheckout(file), 'utf8')

test('docker/ui pins the version that the image is named by', async () => {
  expect(await read('docker/ui/go.mod')).toContain(
    `github.com/temporalio/ui-server/v2 v${uiVersion} // indirect`,
  )
})

test('the Dockerfile of PostgreSQL is of the version that the image is named by', async () => {
  expect(await read('docker/images/postgres/Dockerfile')).toContain(
    `/usr/lib/postgresql/${debianPostgresMajor}/bin`,
  )
})

test('docker/.env.example and compose.yaml name the images that there are', async () => {
  const example = await read('docker/.env.example')
  for (const name of Object.values(ownImages)) expect(example).toContain(`=${name}\n`)
  const compose = await read('docker/compose.yaml')
  for (const name of Object.values(officialImages)) expect(compose).toContain(`:-${name}}`)
})

test('the worker is installed with everything that its files import', async () => {
  const code = (await workerSources()).filter((file) => file.endsWith('.ts'))
  const texts = await Promise.all(code.map(read))
  const imports = /(?:from |^import |import\()'((?:@[\w-]+\/)?\w[\w-]*)/gm
  const imported = texts.flatMap((text) => [...text.matchAll(imports)].map((match) => match[1] ?? ''))
  // The package itself is there: its files are checked as files.
  const packages = [...new Set(imported)].filter((name) => !['node', 'temporal-chaos'].includes(name))
  expect(workerDependencies).toEqual(expect.arrayContaining(packages))
})

test('a worker is named by all that its recipe is of, but for what it stands on', async () => {
  expect(await workerImage()).toMatch(/^temporal-chaos\/worker:[0-9a-f]{12}$/)
  expect(await workerImage()).toBe(await workerImage())
  const files = await workerFiles()
  expect(files).toEqual(
    expect.arrayContaining([
      'fixtures/worker.ts',
      'workflows/index.ts',
      'pnpm-lock.yaml',
      'docker/images/explore/warm-up.ts',
      'docker/images/worker/Dockerfile',
      'docker/images/worker/.dockerignore',
      'docker/images/worker.ts',
      'docker/images/lockfile.ts',
      'harness/worker/bundle/bundle-child.ts',
    ]),
  )
  expect((await worker()).files).toEqual(files)
  expect(files.filter((file) => file.endsWith('.test.ts'))).toEqual([])
  expect(new Set(files).size).toBe(files.length)
})

test('how the UI is built is in its recipe', () => {
  const text = ui.versions.join('\n')
  expect(text).toContain('-trimpath')
  expect(text).toContain('"CGO_ENABLED":"0"')
})

test('a binary that the user names gets into no image', () => {
  const named = { CHAOS_TEMPORAL_SERVER: '/own/server', CHAOS_TEMPORAL_SQL_TOOL: '/own/tool' }
  const config = configOfBuild({ ...named, CHAOS_TEMPORAL_MIRROR: 'https://mirror.example' })
  expect(config.temporalServer).toBeUndefined()
  expect(config.temporalSqlTool).toBeUndefined()
  expect(config.temporalMirror).toBe('https://mirror.example')
})

test('an image is out of date where it was made by another recipe', () => {
  expect(stateOf(undefined, 'a')).toBe('missing')
  expect(stateOf('', 'a')).toBe('out of date')
  expect(stateOf('a', 'a')).toBe('there')
})
