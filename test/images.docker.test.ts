// Images are imported and built by the engine's own API. Their names are this test's alone, so nothing is taken from anybody.
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildImage, findImage, importImage, openBuildEngine } from '../docker/images/engine.ts'
import type { Site } from '../docker/images/image.ts'
import { openSession } from '../harness/sessions/open-session.ts'
import { baseImage } from '../harness/containers/images/images.ts'

const docker = await openBuildEngine(process.env).catch(() => undefined)
const hasBase = docker !== undefined && (await findImage(docker, baseImage)) !== undefined
const id = randomBytes(4).toString('hex')
const [imported, built, alias, broken] = ['imported', 'built', 'alias', 'broken'].map(
  (name) => `temporal-chaos/test-${name}:${id}`,
) as [string, string, string, string]

describe.skipIf(docker === undefined || !hasBase)('with an engine and a base image', () => {
  if (docker === undefined) return
  const told: string[] = []
  let session: Awaited<ReturnType<typeof openSession>>
  let site: Site

  beforeAll(async () => {
    session = await openSession()
    const { signal } = new AbortController()
    site = { session, docker, env: process.env, signal, onProgress: (text) => told.push(text) }
  })

  afterAll(async () => {
    for (const name of [built, alias, broken, imported]) {
      if ((await findImage(docker, name)) !== undefined) await docker.getImage(name).remove({ force: true })
    }
    await session[Symbol.asyncDispose]()
  })

  async function contextOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const context = join(session.folder, name)
    for (const [file, content] of Object.entries(files)) {
      await mkdir(dirname(join(context, file)), { recursive: true })
      await writeFile(join(context, file), content)
    }
    return context
  }

  test('an archive becomes an image with the given settings and label', async () => {
    const context = await contextOf('archive', { 'etc/motd': 'hello' })
    const archive = join(session.folder, 'archive.tar')
    await execa('tar', ['-C', context, '-cf', archive, '.'])
    await importImage(site, imported, archive, ['ENV A=1', 'LABEL temporal-chaos.recipe=abc'])
    expect(await findImage(docker, imported)).toMatchObject({ recipe: 'abc' })
    const { Config } = await docker.getImage(imported).inspect()
    expect(Config.Env).toContain('A=1')
  })

  test('a build copies its context but for the ignored files, and gets all its names', async () => {
    const context = await contextOf('good', {
      Dockerfile: 'ARG BASE\nFROM ${BASE}\nCOPY . /given\nRUN cd /given && find . -type f | sort > /list\n',
      '.dockerignore': 'modules/**/*.ts\nmodules/.note\n',
      'modules/.note': '',
      'modules/a/b/index.ts': '',
      'modules/a/b/index.js': '',
      'app/kept.ts': '',
    })
    await buildImage(site, { name: built, aliases: [alias], base: baseImage, recipe: 'def', context })
    const found = await findImage(docker, built)
    expect(found?.recipe).toBe('def')
    expect((await findImage(docker, alias))?.id).toBe(found?.id)
    const { stdout } = await execa('docker', ['run', '--rm', '--network', 'none', built, 'cat', '/list'])
    expect(stdout.split('\n')).toEqual([
      './.dockerignore',
      './Dockerfile',
      './app/kept.ts',
      './modules/a/b/index.js',
    ])
    expect(told.join('\n')).toContain(`building ${built}`)
  })

  test('a step that fails is told with its output', async () => {
    const context = await contextOf('bad', {
      Dockerfile: 'ARG BASE\nFROM ${BASE}\nRUN echo what went wrong && exit 3\n',
    })
    await expect(
      buildImage(site, { name: broken, aliases: [], base: baseImage, recipe: 'x', context }),
    ).rejects.toMatchObject({
      code: 'CHAOS_IMAGE_BUILD_FAILED',
      message: expect.stringMatching(`cannot build ${broken}: .*returned a non-zero code: 3`) as string,
      hint: expect.stringContaining('what went wrong') as string,
    })
    expect(await findImage(docker, broken)).toBeUndefined()
  })

  test('a base that can be had nowhere is told as such', async () => {
    const context = await contextOf('none', { Dockerfile: 'ARG BASE\nFROM ${BASE}\n' })
    const base = 'registry.invalid/nothing:1'
    await expect(
      buildImage(site, { name: broken, aliases: [], base, recipe: 'x', context }),
    ).rejects.toMatchObject({ code: 'CHAOS_IMAGE_MISSING' })
  })
})
