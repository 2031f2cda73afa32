import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loopbackOnly, renderDynamicConfig, renderTemporalConfig } from './temporal-config.ts'

const ports = {
  frontend: 10_001,
  frontendMembership: 10_002,
  history: 10_003,
  historyMembership: 10_004,
  matching: 10_005,
  matchingMembership: 10_006,
  worker: 10_007,
  workerMembership: 10_008,
  metrics: 10_009,
}

test('the configuration keeps to this machine and survives a password of any kind', () => {
  const password = `'": #{}\n%`
  const text = renderTemporalConfig({
    ports,
    bindOnIP: loopbackOnly,
    database: { host: '127.0.0.1', port: 10_000, password },
    dynamicConfigFile: '/a b/dynamic.yaml',
  })
  expect(parse(text)).toMatchObject({
    persistence: {
      numHistoryShards: 4,
      datastores: { default: { sql: { connectAddr: '127.0.0.1:10000', password } } },
    },
    dynamicConfigClient: { filepath: '/a b/dynamic.yaml' },
    services: {
      frontend: { rpc: { grpcPort: 10_001, membershipPort: 10_002, bindOnIP: '127.0.0.1' } },
      history: { rpc: { grpcPort: 10_003, membershipPort: 10_004, bindOnIP: '127.0.0.1' } },
      matching: { rpc: { grpcPort: 10_005, membershipPort: 10_006, bindOnIP: '127.0.0.1' } },
      worker: { rpc: { grpcPort: 10_007, membershipPort: 10_008, bindOnIP: '127.0.0.1' } },
    },
  })
  expect(text).not.toContain('0.0.0.0')
})

test('time skipping is on, and only the system namespace gets fewer partitions', () => {
  expect(parse(renderDynamicConfig())).toMatchObject({
    'frontend.WorkflowTimeSkippingEnabled': [{ value: true }],
    'matching.numTaskqueueReadPartitions': [{ value: 1, constraints: { namespace: 'temporal-system' } }],
  })
})
