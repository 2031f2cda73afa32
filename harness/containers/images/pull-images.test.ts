import Docker from 'dockerode'
import { expect, test } from 'vitest'
import { openFakeEngine, says, silence, type Answer } from '../../../test/support/fake-engine.ts'
import { readConfig } from '../../config/config.ts'
import { pullMissing } from './pull-images.ts'

const image = 'registry.example/mine/server:1'
const others = {
  adminToolsImage: 'registry.example/mine/admin-tools:1',
  postgresImage: 'registry.example/mine/postgres:1',
}
const create = 'POST /images/create'

/** Lines of progress, as an engine sends them. */
function tells(...lines: readonly object[]): Answer {
  return (response) => response.end(lines.map((line) => `${JSON.stringify(line)}\r\n`).join(''))
}

interface Pulling {
  readonly told: readonly string[]
  readonly asked: readonly string[]
  readonly thrown: unknown
}

/** All images are there but one. */
async function pull(
  create: Answer,
  options: { isThereThen?: boolean; signal?: AbortSignal } = {},
): Promise<Pulling> {
  let isThere = false
  const pulled: Answer = (response) => {
    isThere = options.isThereThen ?? true
    create(response)
  }
  const server: Answer = (response) =>
    isThere ? says({})(response) : says({ message: 'no such image' }, 404)(response)
  const there = Object.values(others).map((name) => [`GET /images/${name}/json`, says({})])
  await using engine = await openFakeEngine({
    ...(Object.fromEntries(there) as Record<string, Answer>),
    [`GET /images/${image}/json`]: server,
    'GET /info': says({ IndexServerAddress: '' }),
    'POST /images/create': pulled,
  })
  const told: string[] = []
  const docker = new Docker({ socketPath: engine.socketPath })
  const { signal = new AbortController().signal } = options
  const thrown = await pullMissing(
    { docker },
    { ...readConfig({}, {}), serverImage: image, ...others },
    { signal, onProgress: (text) => told.push(text) },
  ).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { told, thrown, asked: engine.asked }
}

test('pulls what is missing and nothing else', async () => {
  const { thrown, told, asked } = await pull(tells({ status: 'Pulling fs layer' }, { status: 'done' }))
  expect(thrown).toBeUndefined()
  expect(told).toEqual([`pulling ${image}`])
  expect(asked.filter((request) => request === create)).toHaveLength(1)
})

test.each([
  ['no space left on device', 'CHAOS_DISK_FULL'],
  ['manifest unknown', 'CHAOS_IMAGE_MISSING'],
  ['Get "https://registry.example/v2/": dial tcp: connection refused', 'CHAOS_IMAGE_MISSING'],
  ['open /var/lib/docker/x: permission denied', 'CHAOS_IMAGE_MISSING'],
])('an answer that ends well and says "%s": %s', async (message, code) => {
  const { thrown } = await pull(
    tells({ status: 'Pulling' }, { errorDetail: { message }, error: `short: ${message}` }),
  )
  expect(thrown).toMatchObject({ code, message: expect.stringContaining(message) })
})

test('a registry’s refusal names the image that was asked for', async () => {
  const { thrown } = await pull(says({ message: 'pull access denied' }, 404))
  expect(thrown).toMatchObject({
    code: 'CHAOS_IMAGE_MISSING',
    message: expect.stringMatching(new RegExp(`cannot pull ${image}: .*pull access denied`)),
    hint: expect.stringMatching(/pnpm images/),
  })
})

test('an image that is not there after all is missing by its own name', async () => {
  const { thrown } = await pull(tells({ status: 'done' }), { isThereThen: false })
  expect(thrown).toMatchObject({ code: 'CHAOS_IMAGE_MISSING', message: expect.stringContaining(image) })
})

test('a connection that is cut: the engine is lost', async () => {
  const { thrown } = await pull((response) => {
    response.write('{"status":"Pulling"}\r\n', () => response.destroy())
  })
  expect(thrown).toMatchObject({ code: 'CHAOS_ENGINE_LOST' })
})

test.each([
  ['before the engine answers', silence],
  ['in the middle', (response: Parameters<Answer>[0]) => void response.write('{"status":"Pulling"}\r\n')],
])('interrupted %s, it ends with that', async (_, answer: Answer) => {
  const interruption = new AbortController()
  const { thrown } = await pull(
    (response) => {
      answer(response)
      setImmediate(() => interruption.abort('enough'))
    },
    { signal: interruption.signal },
  )
  expect(thrown).toBe('enough')
})
