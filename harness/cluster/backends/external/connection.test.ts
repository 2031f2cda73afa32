import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { expect, test } from 'vitest'
import { externalConnection } from './connection.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chaos-connection-'))
for (const name of ['ca', 'client', 'key']) writeFileSync(path.join(folder, `${name}.pem`), `of ${name}`)

const declared = {
  kind: 'address',
  address: 'temporal.example:7233',
  namespace: 'orders',
  tls: undefined,
  apiKeyVariable: undefined,
} as const

function bytes(text: string) {
  return new TextEncoder().encode(text)
}

/** What a worker makes of the variables, by the SDK's own reading. */
function asWorkersRead(variables: Readonly<Record<string, string>>) {
  return loadClientConnectConfig({ disableFile: true, overrideEnvVars: { ...variables } })
}

test('certificates of files: the harness and its workers connect alike', () => {
  const tls = { serverCa: 'ca.pem', clientCert: 'client.pem', clientKey: 'key.pem', serverName: 'inside' }
  const { endpoint, variables, apiKeyOf } = externalConnection({ ...declared, tls }, folder, {})
  expect(endpoint).toEqual({
    address: 'temporal.example:7233',
    namespace: 'orders',
    isRemote: true,
    tls: {
      serverNameOverride: 'inside',
      serverRootCACertificate: bytes('of ca'),
      clientCertPair: { crt: bytes('of client'), key: bytes('of key') },
    },
  })
  expect(asWorkersRead(variables)).toMatchObject({
    namespace: 'orders',
    connectionOptions: { address: 'temporal.example:7233', tls: endpoint.tls },
  })
  expect(apiKeyOf).toBeNull()
})

test('an API key comes from the variable that is named, and brings TLS along', () => {
  const env = { ORDERS_KEY: 'secret', TEMPORAL_API_KEY: 'of another cluster' }
  const connection = externalConnection({ ...declared, apiKeyVariable: 'ORDERS_KEY' }, folder, env)
  expect(connection.endpoint).toMatchObject({ apiKey: 'secret', tls: true })
  expect(asWorkersRead(connection.variables).connectionOptions).toMatchObject({ apiKey: 'secret', tls: true })
  expect(connection.apiKeyOf).toBe('the variable ORDERS_KEY')
})

test('without TLS and key there is neither', () => {
  const { endpoint, variables } = externalConnection(declared, folder, { TEMPORAL_API_KEY: 'elsewhere' })
  expect(endpoint).toEqual({ address: 'temporal.example:7233', namespace: 'orders', isRemote: true })
  expect(variables).toEqual({ TEMPORAL_ADDRESS: 'temporal.example:7233', TEMPORAL_NAMESPACE: 'orders' })
})

test('a profile of temporal.toml; the variables of Temporal win over it', () => {
  const file = path.join(folder, 'temporal.toml')
  writeFileSync(
    file,
    '[profile.staging]\naddress = "staging:7233"\nnamespace = "orders"\n[profile.staging.grpc_meta]\nx-team = "orders"\n',
  )
  const env = { TEMPORAL_CONFIG_FILE: file }
  const profile = { kind: 'profile', profile: 'staging' } as const
  const { endpoint, variables } = externalConnection(profile, folder, env)
  expect(endpoint).toEqual({
    address: 'staging:7233',
    namespace: 'orders',
    isRemote: true,
    metadata: { 'x-team': 'orders' },
  })
  expect(asWorkersRead(variables).connectionOptions.metadata).toEqual({ 'x-team': 'orders' })
  const other = externalConnection(profile, folder, { ...env, TEMPORAL_NAMESPACE: 'payments' })
  expect(other.endpoint.namespace).toBe('payments')
})

test.each([
  [
    { ...declared, apiKeyVariable: 'ORDERS_KEY' },
    'the variable ORDERS_KEY, which is to hold the API key, is not set',
  ],
  [{ ...declared, tls: { serverCa: 'none.pem' } }, 'none.pem'],
  [
    { kind: 'profile', profile: 'none' } as const,
    'the profile none of temporal.toml: the file has no profiles',
  ],
])('what is missing is named: %j', (wrong, message) => {
  const read = () => externalConnection(wrong, folder, { TEMPORAL_CONFIG_FILE: '/dev/null' })
  expect(read).toThrow(expect.objectContaining({ code: 'CHAOS_CONFIG_INVALID', kind: 'usage' }))
  expect(read).toThrow(message)
})
