import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { openStandIn } from '../../../../test/support/stand-in-frontend.ts'
import { makeCertificates } from '../../../../test/support/tls-proxy.ts'
import type { TemporalEndpoint } from '../../../temporal/endpoint.ts'
import { connectionFailure } from './failures.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chaos-failures-'))
const made = await makeCertificates(folder)
const tls = { cert: readFileSync(made.server.cert), key: readFileSync(made.server.key) }
afterAll(() => rm(folder, { recursive: true }))

/** All that a client says of a connection that does not come about. */
const late = new Error('Failed to connect before the deadline')

function explained(address: string, given: TemporalEndpoint['tls'] | null = null): Promise<unknown> {
  const endpoint = { address, namespace: 'orders', ...(given === null ? {} : { tls: given }) }
  return connectionFailure({ endpoint, variables: {}, apiKeyOf: null }, late)
}

const failed = { code: 'CHAOS_CLUSTER_TLS', kind: 'usage' }
const authority = { serverRootCACertificate: readFileSync(made.client.serverCa) }

test('a certificate of an unknown authority, and one for another name', async () => {
  await using standIn = await openStandIn({ tls })
  expect(await explained(standIn.address, true)).toMatchObject({
    ...failed,
    message: expect.stringMatching(/do not agree on TLS: .*certificate/),
  })
  expect(
    await explained(standIn.address, { ...authority, serverNameOverride: 'other.example' }),
  ).toMatchObject({ ...failed, message: expect.stringContaining('other.example') })
  const good = { ...authority, serverNameOverride: made.serverName }
  expect(await explained(standIn.address, good)).toBe(late)
})

test('TLS of one side only', async () => {
  await using encrypted = await openStandIn({ tls })
  const plain = { ...failed, message: expect.stringContaining('does not speak plain gRPC') }
  expect(await explained(encrypted.address)).toMatchObject(plain)
  expect(await explained(encrypted.address, false)).toMatchObject(plain)
  await using open = await openStandIn()
  expect(await explained(open.address, true)).toMatchObject(failed)
})

test('nobody listens, the name is unknown, and a program that is no frontend', async () => {
  const unreachable = { code: 'CHAOS_CLUSTER_UNREACHABLE', kind: 'harness' }
  expect(await explained('127.0.0.1:9')).toMatchObject({
    ...unreachable,
    message: expect.stringContaining('nothing can be reached at 127.0.0.1:9'),
  })
  expect(await explained('temporal.invalid:7233')).toMatchObject(unreachable)
  const other: Server = createServer((socket) => {
    socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  expect(await explained(`127.0.0.1:${port}`)).toMatchObject({
    ...failed,
    message: expect.stringContaining('something else than HTTP/2'),
  })
  other.close()
})
