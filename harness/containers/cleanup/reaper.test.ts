import Docker from 'dockerode'
import { afterEach, expect, test, vi } from 'vitest'
import { getReaperImage } from 'testcontainers/build/reaper/reaper.js'
import { openFakeEngine, says } from '../../../fixtures/fake-engine.ts'
import { defaultReaper, keepReaperOffline } from './reaper.ts'

afterEach(() => vi.unstubAllEnvs())

test('the name is that of the installed testcontainers', () => {
  vi.stubEnv('RYUK_CONTAINER_IMAGE', undefined)
  vi.stubEnv('TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX', undefined)
  expect(getReaperImage()).toBe(defaultReaper)
})

test.each([
  ['where its image is there', 'registry.example/', undefined],
  ['where it is not', '', 'true'],
])('with a prefix for images it is asked for by that: %s', async (_, there, disabled) => {
  vi.stubEnv('TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX', 'registry.example')
  await using engine = await openFakeEngine({ [`GET /images/${there}${defaultReaper}/json`]: says({}) })
  const env: NodeJS.ProcessEnv = {}
  await keepReaperOffline({ docker: new Docker({ socketPath: engine.socketPath }) }, env)
  expect(env['TESTCONTAINERS_RYUK_DISABLED']).toBe(disabled)
})
