import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takesConnections } from './engine-alive.ts'

let folder: string
let socketPath: string
let engine: Server

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'engine-alive-'))
  socketPath = path.join(folder, 'docker.sock')
  engine = createServer((request, response) => {
    if (request.url?.endsWith('/_ping') === true) response.end('OK')
    // Anything else is a container that is waited for.
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

test('an engine that answers is there', async () => {
  expect(await takesConnections({ socketPath })).toBe(true)
})

test('one that was asked before and has closed its door is not, though it still serves who is inside', async () => {
  expect(await takesConnections({ socketPath })).toBe(true)
  const waiting = request({ socketPath, path: '/containers/x/wait', method: 'POST' }).end()
  await once(waiting, 'response')
  engine.close()
  expect(await takesConnections({ socketPath })).toBe(false)
  waiting.destroy()
})

test('one whose socket is held open by another and that does not answer is not', async () => {
  engine.removeAllListeners('request')
  expect(await takesConnections({ socketPath })).toBe(false)
})
