import Docker from 'dockerode'
import { GenericContainer, ImageName } from 'testcontainers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openFakeEngine, says } from '../../../fixtures/fake-engine.ts'
import { readConfig } from '../../config/config.ts'
import { surveyImages } from './choose-images.ts'
import { asNamed, nameInEngine } from './image-names.ts'
import { officialImages, ownImages, stackImageNames, workerRepository } from './images.ts'

const variable = 'TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX'
const config = readConfig({}, {})

afterEach(() => vi.unstubAllEnvs())

class Named extends GenericContainer {
  get image(): string | undefined {
    return this.createOpts.Image
  }
}

async function surveyOf(images: readonly string[]) {
  const answers = images.map((image) => [`GET /images/${image}/json`, says({})] as const)
  await using engine = await openFakeEngine(Object.fromEntries(answers))
  return await surveyImages({ docker: new Docker({ socketPath: engine.socketPath }) }, config)
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

  test('a container is made of the very image', () => {
    vi.stubEnv(variable, prefix)
    for (const image of ['temporalio/server:1.2.3', ownImages.server]) {
      const name = nameInEngine(image)
      expect(asNamed(() => new Named(name)).image).toBe(name)
    }
    expect(process.env[variable]).toBe(prefix)
  })

  test('official images are looked for where they would be', async () => {
    vi.stubEnv(variable, prefix)
    const needed = stackImageNames.filter((name) => name !== 'ui')
    const there = needed.map((name) => ImageName.fromString(officialImages[name]).string)
    expect(await surveyOf(there)).toMatchObject({ images: officialImages, missing: [] })
    expect(await surveyOf(Object.values(ownImages))).toMatchObject({ images: ownImages, missing: [] })
  })
})

test('what is missing is named as the engine is asked for it', async () => {
  vi.stubEnv(variable, 'registry.example')
  await using engine = await openFakeEngine({})
  const docker = new Docker({ socketPath: engine.socketPath })
  const { missing } = await surveyImages({ docker }, { ...config, serverImage: 'mine/server:1' })
  expect(missing).toContain('registry.example/mine/server:1')
})
