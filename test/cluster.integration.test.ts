// A cluster of local processes: its promises once it is up, and the operations on it.
import { execFileSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { Client as Postgres } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isRefused } from '../harness/cluster/service/port-probe.ts'
import type { ProcessCluster } from '../harness/cluster/backends/process/process-cluster.ts'
import { isAlive } from '../harness/processes/process-row.ts'
import { processTable } from '../harness/processes/process-table.ts'
import {
  configOf,
  nothing,
  openTestClusters,
  startWorkflow,
  statusOfWorkflow,
  type TestClusters,
} from './support/clusters.ts'

let clusters: TestClusters

beforeAll(async () => {
  clusters = await openTestClusters()
})

afterAll(() => clusters[Symbol.asyncDispose]())

function portOf(address: string): number {
  return Number(address.split(':')[1])
}

describe('a cluster', () => {
  let cluster: ProcessCluster

  beforeAll(async () => {
    cluster = await clusters.start()
    await startWorkflow(cluster)
  })

  afterAll(async () => {
    await cluster[Symbol.asyncDispose]()
    expect(await clusters.left()).toEqual(nothing)
  })

  test('reports the versions of the running server and database', async () => {
    expect(cluster.versions.server).toMatch(/^\d+\.\d+\.\d+$/)
    expect(cluster.versions.postgres).toMatch(/^18\./)
    expect(cluster.processes()).toEqual([
      { name: 'temporal-server', pid: cluster.server.pid },
      { name: 'postgres', pid: cluster.postgres.pid },
    ])
  })

  test('its database can be read, and not written', async () => {
    const { database } = cluster
    expect(await database.query('SELECT name FROM namespaces WHERE name = $1', ['default'])).toEqual([
      { name: 'default' },
    ])
    await expect(database.query('DELETE FROM namespaces')).rejects.toMatchObject({ code: '25006' })
  })

  test('listens only on the loopback address, on ports that the membership table can hold', async () => {
    const ports = [...configOf(cluster).matchAll(/\b\d{5}\b/g)].map(Number)
    expect(new Set(ports).size).toBe(10)
    expect(Math.max(...ports)).toBeLessThan(32_768)
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
    for (const { address } of addresses.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await Promise.all(ports.map((port) => isRefused(port, address)))).not.toContain(false)
    }
  })

  test('uses production’s durability settings, with a password that appears nowhere', async () => {
    const password = /password: (\S+)/.exec(configOf(cluster))?.[1] ?? ''
    const port = Number(/connectAddr: 127.0.0.1:(\d+)/.exec(configOf(cluster))?.[1])
    const access = { host: '127.0.0.1', port, user: 'temporal', database: 'postgres', ssl: false }
    const stranger = new Postgres({ ...access, password: 'guessed' })
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
    const client = new Postgres({ ...access, password })
    await client.connect()
    const { rows } = await client.query(`SELECT name, setting FROM pg_settings
      WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name`)
    await client.end()
    expect(rows.map(({ setting }: { setting: string }) => setting)).toEqual(['on', 'on', 'on'])
    const commands = execFileSync('ps', ['-axww', '-o', 'command='], { encoding: 'utf8' })
    expect(commands).not.toContain(password)
    expect((await stat(path.dirname(cluster.logFiles.postgres))).mode & 0o007).toBe(0o001)
  })

  test('has a server that is killed and started on the same ports', async () => {
    const pid = cluster.server.pid
    const killed = await cluster.server.kill()
    expect(killed).toMatchObject({ pid, processes: 1, exitCode: null, exitSignal: 'SIGKILL' })
    expect(cluster.server.pid).toBeNull()
    expect(cluster.processes().map(({ name }) => name)).toEqual(['postgres'])
    expect(await isRefused(portOf(cluster.endpoint.address))).toBe(true)
    const started = await cluster.server.start()
    expect(started).toMatchObject({ pid: cluster.server.pid, previousPid: pid })
    expect(started['outageMs']).toBeGreaterThan(Number(started['readyMs']))
    expect(await statusOfWorkflow(cluster)).toBe('RUNNING')
  })

  test('has a server that is stopped cleanly, or by force if it does not end in time', async () => {
    expect(await cluster.server.stop()).toMatchObject({
      asked: 'SIGTERM',
      forced: false,
      exitCode: 0,
      exitSignal: null,
    })
    await cluster.server.start()
    expect(await cluster.server.stop(1)).toMatchObject({ forced: true, exitSignal: 'SIGKILL' })
    await cluster.server.start()
    expect(await statusOfWorkflow(cluster)).toBe('RUNNING')
  })

  test('has services that are paused as a whole and resumed', async () => {
    for (const service of [cluster.server, cluster.postgres]) {
      const { pid } = service
      const paused = await service.pause()
      expect(paused).toMatchObject({ pid, state: 'T' })
      const rows = processTable().filter((row) => row.pid === pid || row.parent === pid)
      expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'T'))
      expect(paused['processes']).toBe(rows.length)
      await expect(service.pause()).rejects.toMatchObject({ code: 'CHAOS_SERVICE_STATE' })
      expect(await service.resume()).toMatchObject({ pid })
      await expect(service.resume()).rejects.toMatchObject({ code: 'CHAOS_SERVICE_STATE' })
    }
    expect(await statusOfWorkflow(cluster)).toBe('RUNNING')
  })

  test('has a database that is killed with all its processes, and shows a later start', async () => {
    const before = processTable().filter(({ parent }) => parent === cluster.postgres.pid)
    const killed = await cluster.postgres.kill()
    expect(killed['processes']).toBeGreaterThanOrEqual(before.length)
    expect(killed).toMatchObject({ exitSignal: 'SIGKILL' })
    const alive = new Set(processTable().filter(isAlive).map(({ pid }) => pid)) // prettier-ignore
    expect(before.filter(({ pid }) => alive.has(pid))).toEqual([])
    const started = await cluster.postgres.start()
    expect(started['postmasterStartedAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(started['postmasterStartedAt']).not.toBe(started['previousPostmasterStartedAt'])
    await vi.waitFor(async () => expect(await statusOfWorkflow(cluster)).toBe('RUNNING'), 10_000)
  })

  test('has a database that is stopped cleanly and started', async () => {
    expect(await cluster.postgres.stop()).toMatchObject({ asked: 'SIGINT', forced: false, exitCode: 0 })
    await cluster.postgres.start()
    await vi.waitFor(async () => expect(await statusOfWorkflow(cluster)).toBe('RUNNING'), 10_000)
  })

  test('is killed while it is paused', async () => {
    await cluster.server.pause()
    expect(await cluster.server.kill()).toMatchObject({ exitSignal: 'SIGKILL' })
    await cluster.server.start()
  })

  test('refuses operations that a service’s state forbids', async () => {
    const mistake = { code: 'CHAOS_SERVICE_STATE', kind: 'harness' }
    await expect(cluster.server.start()).rejects.toMatchObject(mistake)
    await expect(cluster.server.resume()).rejects.toMatchObject(mistake)
    await cluster.server.kill()
    await expect(cluster.server.kill()).rejects.toMatchObject(mistake)
    await expect(cluster.server.stop()).rejects.toMatchObject(mistake)
    await expect(cluster.server.pause()).rejects.toMatchObject(mistake)
    await cluster.server.start()
    // All of these deaths were planned.
    expect(cluster.health.aborted).toBe(false)
  })
})

describe('an unplanned death', () => {
  test.for(['server', 'postgres'] as const)(
    'of the %s is reported with the end of its log',
    async (which) => {
      const cluster = await clusters.start()
      const service = cluster[which]
      if (service.pid !== null) process.kill(service.pid, 'SIGKILL')
      await vi.waitFor(() => expect(cluster.health.aborted).toBe(true), 5_000)
      expect(cluster.health.reason).toMatchObject({ code: 'CHAOS_SERVICE_DIED', kind: 'harness' })
      const [first, ...tail] = (cluster.health.reason as Error).message.split('\n')
      expect(first).toBe(`${service.name} was ended by SIGKILL; the end of its log:`)
      expect(tail.length).toBeGreaterThanOrEqual(3)
      expect(service.pid).toBeNull()
      await cluster[Symbol.asyncDispose]()
      expect(await clusters.left()).toEqual(nothing)
    },
  )
})

test('two clusters run at the same time, and faults in one do not affect the other', async () => {
  const [one, other] = await Promise.all([clusters.start(), clusters.start()])
  expect(one.endpoint.address).not.toBe(other.endpoint.address)
  await startWorkflow(other)
  await one.postgres.kill()
  await one.server.kill()
  await one[Symbol.asyncDispose]()
  expect(await statusOfWorkflow(other)).toBe('RUNNING')
  expect(other.health.aborted).toBe(false)
  await other[Symbol.asyncDispose]()
  expect(await clusters.left()).toEqual(nothing)
})

test('a cluster that is closed while a service starts leaves nothing', async () => {
  const cluster = await clusters.start()
  await cluster.server.kill()
  const [starting] = await Promise.allSettled([cluster.server.start(), cluster[Symbol.asyncDispose]()])
  expect(starting).toMatchObject({ status: 'rejected', reason: { code: 'CHAOS_STACK_CLOSED' } })
  await expect(cluster.server.start()).rejects.toMatchObject({ code: 'CHAOS_SERVICE_STATE' })
  expect(await clusters.left()).toEqual(nothing)
})
