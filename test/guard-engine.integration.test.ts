// The guard of a session whose container engine is unreachable, as during a restart.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteEngine } from '../harness/containers/cleanup/remove-session.ts'
import { guardReady, guardStays } from '../harness/sessions/guard-protocol.ts'
import { openPlace, type Place } from './support/place.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const guardFile = fileURLToPath(new URL('../harness/sessions/guard.ts', import.meta.url))

let place: Place
beforeEach(async () => {
  place = await openPlace()
  vi.stubEnv('TMPDIR', place.tmp)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await place[Symbol.asyncDispose]()
})

/** An engine without any containers. */
async function openEmptyEngine(socketPath: string) {
  const server = createServer(({ url = '' }, response) => {
    const nothing = url.includes('/volumes') ? { Volumes: [] } : []
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(nothing))
  })
  server.listen(socketPath)
  await once(server, 'listening')
  return server
}

test('it says that it stays, keeps asking, and ends once the engine is back', async () => {
  const folder = path.join(place.tmp, 'temporal-chaos-0123456789abcdef')
  const socketPath = path.join(place.tmp, 'engine.sock')
  await mkdir(folder)
  await noteEngine(folder, { socketPath })
  const guard = spawn(process.execPath, [guardFile, '0123456789abcdef', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(guard, 'exit')
  const said = text(guard.stdout)
  await once(guard.stdout, 'data')
  guard.stdin.end()
  await once(guard.stdout, 'data')
  expect(existsSync(folder)).toBe(true)
  await using _engine = await openEmptyEngine(socketPath)
  expect(await exited).toEqual([0, null])
  expect(await said).toBe(guardReady + guardStays)
  expect(existsSync(folder)).toBe(false)
})

test('closing a session without its engine does not block, and the guard cleans up later', async () => {
  const session = await openSession()
  const socketPath = path.join(place.tmp, 'engine.sock')
  await noteEngine(session.folder, { socketPath })
  await expect(session[Symbol.asyncDispose]()).rejects.toMatchObject({ code: 'ENOENT' })
  expect(place.processes()).toHaveLength(1)
  await using _engine = await openEmptyEngine(socketPath)
  await expect.poll(() => [place.processes(), place.folders()], { timeout: 60_000 }).toEqual([[], []])
})
