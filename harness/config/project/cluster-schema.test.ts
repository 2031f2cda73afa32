import { expect, test } from 'vitest'
import { projectOf } from './project.ts'

const content = {
  worker: { command: ['bin/worker'] },
  workloads: { order: { type: 'Order', taskQueue: 'orders' } },
}

function clusterOf(cluster?: unknown) {
  return projectOf('/project/chaos.config.json', { ...content, cluster }, 'text').cluster
}

test('without a word our own cluster, on the port that many workers know alone', () => {
  expect(clusterOf()).toEqual({ kind: 'own', backend: 'process', port: 7_233 })
  expect(clusterOf({ backend: 'docker', port: 7_300 })).toEqual({
    kind: 'own',
    backend: 'docker',
    port: 7_300,
  })
})

test('the development server of the CLI, with its state in a file if that is wanted', () => {
  const usual = { kind: 'dev-server', port: 7_233, keep: false, program: 'temporal' }
  expect(clusterOf({ devServer: true })).toEqual(usual)
  expect(clusterOf({ devServer: { keep: true, program: 'bin/temporal' }, port: 7_300 })).toEqual({
    ...usual,
    port: 7_300,
    keep: true,
    program: 'bin/temporal',
  })
})

test('a cluster that runs already: by its address or by a profile', () => {
  expect(clusterOf({ address: 'temporal.example:7233', tls: true })).toEqual({
    kind: 'address',
    address: 'temporal.example:7233',
    namespace: 'default',
    tls: true,
    apiKeyVariable: undefined,
  })
  expect(clusterOf({ profile: 'staging' })).toEqual({ kind: 'profile', profile: 'staging' })
})

test.each([
  [{ port: 7_233, address: 'a:7233' }, 'cluster: expected one of "port", "address" and "profile"'],
  [{ backend: 'docker', address: 'a:7233' }, 'cluster: expected "backend" and "devServer" without "address"'],
  [{ backend: 'docker', devServer: true }, 'cluster: expected one of "backend" and "devServer"'],
  [{ devServer: true, profile: 'p' }, 'cluster: expected "backend" and "devServer" without "address"'],
  [{ devServer: { file: 'x' } }, 'cluster.devServer: there is no field file. Known: keep, program.'],
  [{ devServer: 'yes' }, 'cluster.devServer: expected true, or { "keep", "program" }'],
  [{ backend: 'podman' }, 'cluster.backend: '],
  [{ namespace: 'orders' }, 'cluster: expected "address" beside "namespace"'],
  [{ profile: 'staging', tls: true }, 'cluster: expected "address" beside "namespace"'],
  [{ address: 'temporal.example' }, 'cluster.address: expected a host and a port'],
  [{ address: 'https://temporal.example:7233' }, 'cluster.address: expected a host and a port'],
  [
    { address: 'a:7233', apiKeyVariable: 'eyJhbGciOi.secret' },
    'cluster.apiKeyVariable: expected the name of an environment variable',
  ],
  [{ adress: 'a:7233' }, 'there is no field adress. Did you mean address?'],
  [{ address: 'a:7233', tls: { clientCert: 'client.pem' } }, 'cluster.tls: expected'],
])('wrong: %j', (cluster, message) => {
  expect(() => clusterOf(cluster)).toThrow(message)
})
