import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ExternalDeclaration } from '../../../config/project/cluster-schema.ts'
import {
  grpcStatus,
  openStandIn,
  type Refusal,
  type StandInOptions,
} from '../../../../test/support/stand-in-frontend.ts'
import { makeCertificates } from '../../../../test/support/tls-proxy.ts'
import { externalConnection } from './connection.ts'
import { ExternalCluster } from './external-cluster.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chaos-external-'))
const made = await makeCertificates(folder)
const tls = { cert: readFileSync(made.server.cert), key: readFileSync(made.server.key) }
afterAll(() => rm(folder, { recursive: true }))

const key = 'a-secret-key'

type Declared = Partial<Extract<ExternalDeclaration, { kind: 'address' }>>

/** Opens the cluster as a command does, and says how that ended. */
async function opened(address: string, declared: Declared = {}) {
  const plain = { kind: 'address', address, namespace: 'orders', tls: undefined, apiKeyVariable: undefined }
  const connection = externalConnection({ ...plain, ...declared } as ExternalDeclaration, folder, {
    ORDERS_KEY: key,
  })
  const cluster = new ExternalCluster({ connection, consent: {}, queues: [] })
  await using _ = await cluster.starter(new AbortController().signal)()
  return cluster.describe()
}

async function refusedBy(refuse: StandInOptions['refuse'], declared: Declared = {}): Promise<unknown> {
  await using standIn = await openStandIn({ ...(refuse && { refuse }), tls })
  const encrypted = { serverCa: made.client.serverCa, serverName: made.serverName }
  return await opened(standIn.address, { tls: { ...noFiles, ...encrypted }, ...declared }).then(
    () => 'it was opened',
    (thrown: unknown) => thrown,
  )
}

const noFiles = { serverCa: undefined, clientCert: undefined, clientKey: undefined, serverName: undefined }

function only(method: string, refusal: Refusal): StandInOptions['refuse'] {
  return (called) => (called === method ? refusal : undefined)
}

test('a client without an API key is refused at its first call', async () => {
  const unauthenticated = { status: grpcStatus.unauthenticated, message: 'Request unauthorized.' }
  const error = await refusedBy((_, authorization) => (authorization ? undefined : unauthenticated))
  expect(error).toMatchObject({
    code: 'CHAOS_CLUSTER_REFUSED',
    kind: 'usage',
    message: expect.stringMatching(
      /^127\S+ refuses a client without an API key for the namespace "orders": .*Request unauthorized\./,
    ),
  })
  const given = { apiKeyVariable: 'ORDERS_KEY' }
  const taken = await refusedBy(
    (_, authorization) => (authorization === `Bearer ${key}` ? undefined : unauthenticated),
    given,
  )
  expect(taken).toBe('it was opened')
})

test.for(['DescribeNamespace', 'StartWorkflowExecution', 'TerminateWorkflowExecution'])(
  'an API key without the right to %s is named by its variable and never shown',
  async (method) => {
    const denied = { status: grpcStatus.permissionDenied, message: 'missing permission' }
    const error = await refusedBy(only(method, denied), { apiKeyVariable: 'ORDERS_KEY' })
    expect(error).toMatchObject({
      code: 'CHAOS_CLUSTER_REFUSED',
      kind: 'usage',
      message: expect.stringContaining('the API key of the variable ORDERS_KEY'),
      hint: expect.stringContaining('start, describe and terminate'),
    })
    expect((error as Error).message).not.toContain(key)
  },
)

test('a namespace that does not exist is named', async () => {
  const missing = { status: grpcStatus.notFound, message: 'Namespace orders is not found.' }
  expect(await refusedBy(only('DescribeNamespace', missing))).toMatchObject({
    code: 'CHAOS_NAMESPACE_MISSING',
    kind: 'usage',
    message: expect.stringContaining('no namespace "orders"'),
  })
})

test('an API key goes over plain text only if the configuration says so', async () => {
  await using standIn = await openStandIn({
    refuse: (_, authorization) =>
      authorization === `Bearer ${key}` ? undefined : { status: grpcStatus.unauthenticated, message: 'no' },
  })
  expect(await opened(standIn.address, { tls: false, apiKeyVariable: 'ORDERS_KEY' })).toHaveLength(1)
})

test('a server of another version is a note; one that lacks a call that the test needs is an error', async () => {
  await using other = await openStandIn({ serverVersion: '1.20.0' })
  expect(await opened(other.address)).toEqual([
    expect.stringContaining('server 1.20.0'),
    expect.stringMatching(/^this harness is tried with server \d+\.\d+\.\d+: another one may behave differ/),
  ])
  const unknown = { status: grpcStatus.unimplemented, message: 'unknown method DescribeNamespace' }
  expect(await refusedBy(only('DescribeNamespace', unknown))).toMatchObject({
    code: 'CHAOS_CLUSTER_VERSION',
    kind: 'usage',
    message: expect.stringContaining('unknown method DescribeNamespace'),
  })
})
