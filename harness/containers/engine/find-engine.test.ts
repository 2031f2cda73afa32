import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openFakeEngine, says, silence, type Answer } from '../../../test/support/fake-engine.ts'
import { findEngine } from './find-engine.ts'

const shortMs = 200
const longMs = 60_000
const bridge = 'GET /networks/bridge'

async function lookAt(answers: Readonly<Record<string, Answer>>, limitMs = longMs) {
  await using engine = await openFakeEngine(answers)
  const looked = findEngine({ DOCKER_HOST: `unix://${engine.socketPath}` }, limitMs)
  return await looked.catch((thrown: unknown) => thrown)
}

test('an engine that answers is seen', async () => {
  const seen = await lookAt({ 'GET /info': says({}), [bridge]: says({}), 'GET /networks': says([]) })
  expect(seen).toMatchObject({ at: { setBy: 'DOCKER_HOST' } })
})

test('one without a bridge is one too', async () => {
  const seen = await lookAt({ 'GET /info': says({}), 'GET /networks': says([]) })
  expect(seen).toMatchObject({ at: { setBy: 'DOCKER_HOST' } })
})

test.each([
  [401, 'CHAOS_ENGINE_REFUSED', /refuses you: .*docker\.sock answers .*401.*authorization denied/],
  [403, 'CHAOS_ENGINE_REFUSED', /refuses you: .*docker\.sock answers .*403.*authorization denied/],
  [500, 'CHAOS_ENGINE_MISSING', /does not work: .*500.*authorization denied/],
])('one that answers with %i: %s', async (status, code, message) => {
  const why = await lookAt({ 'GET /info': says({ message: 'authorization denied' }, status) })
  expect(why).toMatchObject({ code, message: expect.stringMatching(message) })
})

test('one that takes connections and never answers is given up', async () => {
  const why = await lookAt({ 'GET /info': silence }, shortMs)
  expect(why).toMatchObject({
    code: 'CHAOS_ENGINE_MISSING',
    message: expect.stringMatching(/for the container engine at .*docker\.sock, which does not answer$/),
    hint: expect.stringMatching(/--backend process needs none/),
  })
})

test('so is one that falls silent in between', async () => {
  const half = { 'GET /info': says({}), [bridge]: silence, 'GET /networks': silence }
  const outcome = await lookAt(half, shortMs)
  // Only what looks like a container has more to ask than whether it answers.
  expect(outcome).toSatisfy((seen: object) => 'at' in seen || 'code' in seen)
})

test.each([
  [`unix://${path.join(tmpdir(), 'nowhere', 'docker.sock')}`, /no container engine: .* does not exist/],
  ['ssh://me@elsewhere', /no container engine can be at DOCKER_HOST=ssh:\/\/me@elsewhere/],
  ['elsewhere', /no container engine can be at DOCKER_HOST=elsewhere/],
])('there is none at %s', async (url, message) => {
  await expect(findEngine({ DOCKER_HOST: url }, longMs)).rejects.toMatchObject({
    code: 'CHAOS_ENGINE_MISSING',
    message: expect.stringMatching(message),
  })
})

test('one over a network is left to testcontainers, which may not go on to another host', async () => {
  const seen = await findEngine({ DOCKER_HOST: 'tcp://elsewhere:2375' }, longMs)
  expect(seen).toEqual({ at: { url: 'tcp://elsewhere:2375', setBy: 'DOCKER_HOST' }, host: 'elsewhere' })
})
