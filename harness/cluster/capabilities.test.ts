import { expect, test } from 'vitest'
import {
  assertCapable,
  capabilitiesOf,
  capabilitiesOfBackend,
  reasonsAgainst,
  serviceOf,
} from './capabilities.ts'
import type { Cluster } from './cluster.ts'

/** A cluster of somebody else's. */
const bare = { backend: 'docker' } as const satisfies Partial<Cluster>
const database = { query: async () => [] }
const logs = { serverSince: async () => '', save: async () => {} }

test('a cluster of which only the endpoint is known lacks all else, and says why', () => {
  expect(capabilitiesOf(bare)).toEqual({
    services: 'its services are not in the hands of the harness',
    disconnect: 'its services are not in the hands of the harness',
    database: 'the harness has no access to its database',
    logs: "the harness has no access to its services' logs",
    'container-network': 'it is no cluster of containers',
    'kept-state': null,
  })
})

test('what a cluster offers it does not lack, unless its backend cannot do it', () => {
  const controls = { services: [] }
  const { services, disconnect, ...rest } = capabilitiesOf({ ...bare, controls, database, logs })
  expect([services, disconnect, rest.database, rest.logs]).toEqual([null, null, null, null])
  expect(capabilitiesOf({ backend: 'process', controls })).toMatchObject({
    services: null,
    disconnect: expect.stringMatching(/no network of their own/),
  })
})

test('the plan and the run give the same reason for what a backend lacks', () => {
  const planned = capabilitiesOfBackend('process')
  const met = capabilitiesOf({ backend: 'process', controls: { services: [] }, database, logs })
  expect(met).toEqual(planned)
  expect(reasonsAgainst(planned, ['services', 'disconnect', 'disconnect'])).toEqual([planned.disconnect])
})

test('a cause of two lacks is told once', () => {
  expect(reasonsAgainst(capabilitiesOf(bare), ['services', 'disconnect'])).toEqual([
    'its services are not in the hands of the harness',
  ])
})

test('a scenario that needs what is not there is refused with the reason', () => {
  expect(() => assertCapable({ ...bare, logs }, ['logs'], 'my-scenario')).not.toThrow()
  expect(() => assertCapable(bare, ['logs', 'database'], 'my-scenario')).toThrow(
    expect.objectContaining({
      code: 'CHAOS_CAPABILITY_MISSING',
      kind: 'unmet',
      message: "my-scenario needs logs of its cluster: the harness has no access to its services' logs",
    }),
  )
})

test('a service that cannot be struck is refused, never undefined', () => {
  expect(() => serviceOf(bare, 'postgres', 'my-scenario')).toThrow(/needs services of its cluster/)
  expect(() => serviceOf({ ...bare, controls: { services: [] } }, 'postgres', 'my-scenario')).toThrow(
    /needs postgres, which is none of the services/,
  )
})
