import Docker from 'dockerode'
import { execa } from 'execa'
import { ImageName } from 'testcontainers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openFakeEngine, says } from '../../test/support/fake-engine.ts'
import { readConfig } from '../config/config.ts'
import { inspectImages } from './images/choose-images.ts'
import { nameInEngine } from './testcontainers.ts'
import { officialImages, ownImages, clusterImageNames, workerRepository } from './images/images.ts'

const variable = 'TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX'
const config = readConfig({}, {})

afterEach(() => vi.unstubAllEnvs())

async function surveyOf(images: readonly string[]) {
  const answers = images.map((image) => [`GET /images/${image}/json`, says({})] as const)
  await using engine = await openFakeEngine(Object.fromEntries(answers))
  return await inspectImages({ docker: new Docker({ socketPath: engine.socketPath }) }, config)
}

test('without a prefix a name stays as it is', () => {
  vi.stubEnv(variable, undefined)
  expect(nameInEngine('temporalio/server:1.2.3')).toBe('temporalio/server:1.2.3')
})

describe.each(['registry.example', 'registry.example/mirror', 'mirror'])('with the prefix %s', (prefix) => {
  test('images of Docker Hub get it, those of other registries and our own do not', () => {
    vi.stubEnv(variable, prefix)
    expect(nameInEngine('temporalio/server:1.2.3')).toBe(`${prefix}/temporalio/server:1.2.3`)
    expect(nameInEngine('postgres')).toBe(`${prefix}/postgres:latest`)
    expect(nameInEngine('quay.example/a/b:1')).toBe('quay.example/a/b:1')
    for (const own of [...Object.values(ownImages), `${workerRepository}:latest`]) {
      expect(nameInEngine(own)).toBe(own)
    }
  })

  test('official images are looked for where they would be', async () => {
    vi.stubEnv(variable, prefix)
    const needed = clusterImageNames.filter((name) => name !== 'ui')
    const there = needed.map((name) => ImageName.fromString(officialImages[name]).string)
    expect(await surveyOf(there)).toMatchObject({ images: officialImages, missing: [] })
    expect(await surveyOf(Object.values(ownImages))).toMatchObject({ images: ownImages, missing: [] })
  })
})

test('what is missing is named as the engine is asked for it', async () => {
  vi.stubEnv(variable, 'registry.example')
  await using engine = await openFakeEngine({})
  const docker = new Docker({ socketPath: engine.socketPath })
  const { missing } = await inspectImages({ docker }, { ...config, serverImage: 'mine/server:1' })
  expect(missing).toContain('registry.example/mine/server:1')
})

const program = `
import { credentialsFor, findRuntime } from ${JSON.stringify(new URL('testcontainers.ts', import.meta.url).href)}
const { info } = await findRuntime(process.env, '127.0.0.1')
const credentials = [await credentialsFor('mine/server:1', ''), await credentialsFor('other.example/a:1', undefined)]
console.log(JSON.stringify({ host: info.containerRuntime.host, users: credentials.map((each) => each?.username) }))
process.exit(0)
`

// If this fails, testcontainers has changed: look at each function of the adapter again.
test('testcontainers 12 reads the host, the prefix and the credentials from where the adapter relies on', async () => {
  const version = { ServerVersion: '1.2.3', NCPU: 2, OperatingSystem: 'none' }
  await using engine = await openFakeEngine({ 'GET /info': says(version), 'GET /networks': says([]) })
  const auth = Buffer.from('ana:secret').toString('base64')
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', program], {
    env: {
      DOCKER_HOST: `unix://${engine.socketPath}`,
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth } } }),
      TESTCONTAINERS_HOST_OVERRIDE: undefined,
    },
  })
  expect(JSON.parse(stdout)).toEqual({ host: '127.0.0.1', users: ['ana', null] })
  const { default: manifest } = await import('testcontainers/package.json', { with: { type: 'json' } })
  expect(manifest.version).toMatch(/^12\./)
}, 60_000)
