// Each in a process of its own: testcontainers keeps the first engine that it finds.
import { execa } from 'execa'
import { expect, test, vi } from 'vitest'
import { openFakeEngine, says, silence, type Answer } from '../../../fixtures/fake-engine.ts'

const program = `
import { openEngine } from ${JSON.stringify(new URL('engine.ts', import.meta.url).href)}
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

test('one that never answers is none', async () => {
  const { outcome } = await open({ 'GET /info': silence }, 200)
  expect(outcome).toMatchObject({
    code: 'CHAOS_ENGINE_MISSING',
    message: expect.stringMatching(/not answer/),
  })
})

test('nor is one that falls silent once it was seen', async () => {
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
