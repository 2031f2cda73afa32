import { expect, test, vi } from 'vitest'
import { openFakeEngine, says } from '../../test/support/fake-engine.ts'
import { readConfig } from '../config/config.ts'
import { chooseBackend, countImages } from './choose-backend.ts'
import type { SettingName } from '../config/settings.ts'

// What speaks to an engine is loaded on demand, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }

const needy: [string, Partial<Record<SettingName, unknown>>][] = [
  ['--worker container', { worker: 'container' }],
  ['--ui', { ui: true }],
  ['--server-image a/b:1', { serverImage: 'a/b:1' }],
  ['--admin-tools-image a/b:1', { adminToolsImage: 'a/b:1' }],
  ['--postgres-image a/b:1', { postgresImage: 'a/b:1' }],
  ['--ui-image a/b:1', { uiImage: 'a/b:1' }],
  ['--worker-image a/b:1', { workerImage: 'a/b:1' }],
]

test.each([...needy, ['--pull', { pull: true }] as const])(
  '%s beside local processes is refused',
  async (flag, given) => {
    await expect(chooseBackend(readConfig({ backend: 'process', ...given }, {}), {})).rejects.toMatchObject({
      kind: 'usage',
      message: `${flag} needs a cluster of containers`,
      hint: expect.stringMatching(/--backend docker/),
    })
  },
)

test.each(needy)('%s is refused where there turn out to be no containers', async (flag, given) => {
  await expect(chooseBackend(readConfig(given, {}), nowhere)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(`^${flag} needs a cluster of containers: there is no container engine`),
  })
})

test('--pull is not: it pulls where there is an engine', async () => {
  expect(await chooseBackend(readConfig({ pull: true }, {}), nowhere)).toMatchObject({ name: 'process' })
})

test('an engine that refuses: local processes, and why', async () => {
  await using engine = await openFakeEngine({ 'GET /info': says({ message: 'not for you' }, 403) })
  const env = { DOCKER_HOST: `unix://${engine.socketPath}` }
  expect(await chooseBackend(readConfig({}, {}), env)).toMatchObject({
    name: 'process',
    why: expect.stringMatching(/refuses you.*not for you/),
  })
})

test('images that are missing count as there where they will be pulled; else both ways to get them are said', () => {
  const images = { server: 'temporal-chaos/server:1' }
  expect(countImages('29', { images, missing: [] }, false)).toEqual({
    isThere: true,
    why: 'engine 29 answers and has temporal-chaos/server:1',
  })
  const missing = ['temporal-chaos/server:1']
  expect(countImages('29', { images, missing }, true)).toEqual({
    isThere: true,
    why: 'engine 29 answers, and --pull gets the images',
  })
  const { isThere, why } = countImages('29', { images, missing }, false)
  expect(isThere).toBe(false)
  expect(why).toMatch(/lacks temporal-chaos\/server:1 .*pnpm images.*--pull/)
})
