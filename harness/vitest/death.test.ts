import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChaosError } from '../core/errors.ts'
import { capabilitiesOf } from '../cluster/capabilities.ts'
import { attachCluster } from './attached-cluster.ts'
import { readDeath, writeDeath } from './death.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chaos-death-'))
})
afterEach(() => rm(folder, { recursive: true }))

const panicked = new ChaosError('temporal-server panicked', {
  code: 'CHAOS_SERVICE_PANICKED',
  kind: 'unmet',
  hint: 'look',
})

function attached() {
  return attachCluster({
    backend: 'process',
    endpoint: { address: '127.0.0.1:1', namespace: 'default' },
    versions: { server: '1', postgres: '2' },
    logFiles: { 'temporal-server': 'a', postgres: 'b' },
    processes: [{ name: 'temporal-server', pid: 42 }],
    deathFile: path.join(folder, 'death.json'),
    binaries: { temporalServer: 'c', temporalSqlTool: 'd' },
  })
}

test('a death is read as it was written, and there is none before', () => {
  const file = path.join(folder, 'death.json')
  expect(readDeath(file)).toBeUndefined()
  writeDeath(file, panicked)
  expect(readDeath(file)).toEqual(panicked)
  expect(readDeath(file)).toMatchObject({ code: 'CHAOS_SERVICE_PANICKED', kind: 'unmet', hint: 'look' })
})

test('the death of a cluster is known wherever it is attached', async () => {
  await using cluster = attached()
  expect(cluster.health.aborted).toBe(false)
  writeDeath(path.join(folder, 'death.json'), panicked)
  await expect.poll(() => cluster.health.reason as unknown).toEqual(panicked)
})

test('an attached cluster is used and watched, and not in the hands of who attached it', async () => {
  await using cluster = attached()
  expect(cluster.watched()).toEqual([{ name: 'temporal-server', pid: 42 }])
  expect(capabilitiesOf(cluster)).toMatchObject({
    services: expect.stringMatching(/not in the hands/),
    disconnect: expect.stringMatching(/not in the hands/),
    database: expect.stringMatching(/no access/),
    logs: null,
  })
})
