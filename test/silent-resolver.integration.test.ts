// A name server that never answers: the system's resolver tries for half a minute, and no download is to wait for that.
// The resolver cannot be made silent on a machine of others, so here, and only here, it is a mock, as the clock is.
import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { downloadText } from '../harness/cluster/provision/download.ts'

const { lookup, asked } = vi.hoisted(() => {
  const asked = Promise.withResolvers<Parameters<LookupFunction>>()
  return { asked, lookup: (...question: Parameters<LookupFunction>) => asked.resolve(question) }
})
vi.mock('node:dns', async (original) => ({ ...(await original<object>()), lookup }))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a name that is not resolved in a second and a half is given up', async () => {
  const began = Date.now()
  const ended = downloadText(new URL('http://releases.example/'), {
    env: {},
    signal: new AbortController().signal,
  }).then(
    () => expect.fail('nothing can have been downloaded'),
    (thrown: unknown) => ({ thrown, afterMs: Date.now() - began }),
  )
  const [host] = await asked.promise
  expect(host).toBe('releases.example')
  // Past the ten seconds for which a server may be silent: what is waited for must not be that.
  await vi.advanceTimersByTimeAsync(10_000)
  const { thrown, afterMs } = await ended
  expect(thrown).toMatchObject({
    code: 'CHAOS_DOWNLOAD_FAILED',
    message: 'http://releases.example/: the host does not resolve (ENOTFOUND)',
  })
  expect(afterMs).toBe(1_500)
})
