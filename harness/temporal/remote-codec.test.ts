import { defaultPayloadConverter } from '@temporalio/common'
import { expect, test } from 'vitest'
import { openCodecServer, type Reply } from '../../test/support/codec-server.ts'
import { remoteCodec } from './remote-codec.ts'

const payloads = ['a plain word', { sum: 3 }].map((value) => defaultPayloadConverter.toPayload(value))

function codecAt(endpoint: string, withinMs = 20_000) {
  return remoteCodec({ endpoint, namespace: 'orders', withinMs })
}

test('payloads go there as JSON, with the namespace and the key, and come back as they were', async () => {
  await using server = await openCodecServer()
  const endpoint = `${server.url}/{namespace}/`
  const codec = remoteCodec({ endpoint, namespace: 'orders', authorization: 'Bearer key', withinMs: 20_000 })
  const encoded = await codec.encode(payloads)
  expect(Buffer.from(encoded[0]?.metadata?.['encoding'] ?? []).toString()).toBe('binary/xor')
  const decoded = await codec.decode(encoded)
  expect(decoded.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([
    'a plain word',
    { sum: 3 },
  ])
  expect(server.requests.map(({ url }) => url)).toEqual(['/orders/encode', '/orders/decode'])
  expect(server.requests[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-namespace': 'orders',
    authorization: 'Bearer key',
  })
  expect(server.requests[0]?.payloads[0]).toEqual({
    metadata: { encoding: btoa('json/plain') },
    data: btoa('"a plain word"'),
  })
})

test('what it cannot read comes back as it is, and without payloads nobody is asked', async () => {
  await using server = await openCodecServer()
  const codec = codecAt(server.url)
  const [passed] = await codec.decode(payloads.slice(0, 1))
  expect(passed && defaultPayloadConverter.fromPayload(passed)).toBe('a plain word')
  expect(await codec.encode([])).toEqual([])
  expect(server.requests).toHaveLength(1)
})

test.for<readonly [Reply, string, string]>([
  [{ status: 500, body: 'no key\nfor you' }, 'CHAOS_CODEC_FAILED', 'the status 500: no key for you'],
  [{ status: 404, body: '' }, 'CHAOS_CODEC_FAILED', 'the status 404'],
  [{ status: 302, body: '' }, 'CHAOS_CODEC_FAILED', 'the status 302'],
  [{ status: 403, body: '' }, 'CHAOS_CODEC_REFUSED', 'the status 403'],
  [{ status: 200, body: '<html>' }, 'CHAOS_CODEC_FAILED', 'something else than payloads: <html>'],
  [
    { status: 200, body: '{"payloads":[{"data":"%"}]}' },
    'CHAOS_CODEC_FAILED',
    'something else than payloads',
  ],
  [{ status: 200, body: '{"payloads":[]}' }, 'CHAOS_CODEC_FAILED', 'it answers 0 payloads to 2'],
])('a server that answers %j', async ([reply, code, why]) => {
  await using server = await openCodecServer(() => reply)
  await expect(codecAt(server.url).decode(payloads)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(`the codec ${server.url}/decode failed: `) as string,
  })
  await expect(codecAt(server.url).decode(payloads)).rejects.toThrow(why)
})

test('a server that is not there, and one that never answers', async () => {
  await expect(codecAt('http://127.0.0.1:9').encode(payloads)).rejects.toMatchObject({
    code: 'CHAOS_CODEC_UNREACHABLE',
    message: expect.stringMatching(
      /^the codec http:\/\/127\.0\.0\.1:9\/encode cannot be reached: .*ECONNREFUSED/,
    ),
  })
  await using server = await openCodecServer(() => null)
  await expect(codecAt(server.url, 50).encode(payloads)).rejects.toMatchObject({
    code: 'CHAOS_CODEC_UNREACHABLE',
    message: expect.stringContaining('no answer in 50 ms'),
  })
})
