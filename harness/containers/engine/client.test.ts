import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openFakeEngine, says, silence, type Answer } from '../../../test/support/fake-engine.ts'
import { takesConnections } from './client.ts'

// A process for each test: testcontainers keeps the first engine that it finds.
const program = `
import { openEngine } from ${JSON.stringify(new URL('client.ts', import.meta.url).href)}
const [limitMs] = process.argv.slice(1)
const outcome = await openEngine(process.env, Number(limitMs)).then(
  ({ version, host }) => ({ version, host }),
  ({ code, message }) => ({ code, message }),
)
console.log(JSON.stringify(outcome))
process.exit(0)
`

// To load testcontainers takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const info = { ServerVersion: '1.2.3', NCPU: 2, OperatingSystem: 'none' }

async function open(answers: Readonly<Record<string, Answer>>, limitMs = 60_000) {
  await using engine = await openFakeEngine(answers)
  const args = ['--input-type=module', '-e', program, '--', String(limitMs)]
  const env = { DOCKER_HOST: `unix://${engine.socketPath}`, TESTCONTAINERS_HOST_OVERRIDE: undefined }
  const { stdout } = await execa(process.execPath, args, { env })
  return { outcome: JSON.parse(stdout) as unknown, asked: engine.asked }
}

test.each([
  ['whose bridge names no gateway', { 'GET /networks/bridge': says({ IPAM: { Config: [{}] } }) }],
  ['that has no bridge', {}],
])('an engine %s is taken, and only asked', async (_, network) => {
  const { outcome, asked } = await open({
    'GET /info': says(info),
    'GET /networks': says([]),
    ...network,
  })
  expect(asked).toContain('GET /info')
  expect(asked.filter((request) => !request.startsWith('GET '))).toEqual([])
  expect(outcome).toEqual({ version: '1.2.3', host: '127.0.0.1' })
})

test('an engine that never answers is missing', async () => {
  const { outcome } = await open({ 'GET /info': silence }, 200)
  expect(outcome).toMatchObject({
    code: 'CHAOS_ENGINE_MISSING',
    message: expect.stringMatching(/not answer/),
  })
})

test('an engine that falls silent after it was found is missing', async () => {
  let infos = 0
  const once: Answer = (response) => {
    infos += 1
    if (infos === 1) says(info)(response)
  }
  const { outcome } = await open({ 'GET /info': once, 'GET /networks': says([]) }, 500)
  expect(outcome).toMatchObject({
    code: 'CHAOS_ENGINE_MISSING',
    message: expect.stringMatching(/not answer/),
  })
})

describe('takesConnections', () => {
  let folder: string
  let socketPath: string
  let engine: Server

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'engine-alive-'))
    socketPath = path.join(folder, 'docker.sock')
    engine = createServer((request, response) => {
      if (request.url?.endsWith('/_ping') === true) response.end('OK')
      // Anything else waits for a container.
      else response.writeHead(200).flushHeaders()
    })
    engine.listen(socketPath)
    await once(engine, 'listening')
  })

  afterEach(async () => {
    engine.closeAllConnections()
    engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('an engine that answers takes connections', async () => {
    expect(await takesConnections({ socketPath })).toBe(true)
  })

  test('an engine that closed its socket does not, though it still serves the open connections', async () => {
    expect(await takesConnections({ socketPath })).toBe(true)
    const waiting = request({ socketPath, path: '/containers/x/wait', method: 'POST' }).end()
    await once(waiting, 'response')
    engine.close()
    expect(await takesConnections({ socketPath })).toBe(false)
    waiting.destroy()
  })

  test('an engine that does not answer, behind a socket that another process holds open, does not', async () => {
    engine.removeAllListeners('request')
    expect(await takesConnections({ socketPath })).toBe(false)
  })
})
