// A stack of local processes: what it promises when it is up, and what can be done to it.
import { execFileSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { Client as Postgres } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isRefused } from '../harness/cluster/service/port-probe.ts'
import type { ProcessStack } from '../harness/cluster/backends/process/process-cluster.ts'
import { isAlive } from '../harness/processes/process-row.ts'
import { processTable } from '../harness/processes/process-table.ts'
import {
  configOf,
  nothing,
  openStacks,
  startWorkflow,
  statusOfWorkflow,
  type Stacks,
} from './support/clusters.ts'

let stacks: Stacks

beforeAll(async () => {
  stacks = await openStacks()
})

afterAll(() => stacks[Symbol.asyncDispose]())

function portOf(address: string): number {
  return Number(address.split(':')[1])
}

describe('a stack', () => {
  let stack: ProcessStack

  beforeAll(async () => {
    stack = await stacks.start()
    await startWorkflow(stack)
  })

  afterAll(async () => {
    await stack[Symbol.asyncDispose]()
    expect(await stacks.left()).toEqual(nothing)
  })

  test('says what runs, by the running server and database themselves', async () => {
    expect(stack.versions.server).toMatch(/^\d+\.\d+\.\d+$/)
    expect(stack.versions.postgres).toMatch(/^18\./)
    expect(stack.processes()).toEqual([
      { name: 'temporal-server', pid: stack.server.pid },
      { name: 'postgres', pid: stack.postgres.pid },
    ])
    const metrics = await fetch(stack.metricsUrl)
    expect(await metrics.text()).toContain('service_requests')
  })

  test('listens on the loopback address only, on ports that the membership table can hold', async () => {
    const ports = [...configOf(stack).matchAll(/\b\d{5}\b/g)].map(Number)
    expect(new Set(ports).size).toBe(10)
    expect(Math.max(...ports)).toBeLessThan(32_768)
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
    for (const { address } of addresses.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await Promise.all(ports.map((port) => isRefused(port, address)))).not.toContain(false)
    }
  })

  test('keeps what production keeps, behind a password that is nowhere to be read', async () => {
    const password = /password: (\S+)/.exec(configOf(stack))?.[1] ?? ''
    const port = Number(/connectAddr: 127.0.0.1:(\d+)/.exec(configOf(stack))?.[1])
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
    expect((await stat(path.dirname(stack.logFiles.postgres))).mode & 0o007).toBe(0o001)
  })

  test('has a server that is killed and started on the same ports', async () => {
    const pid = stack.server.pid
    const killed = await stack.server.kill()
    expect(killed).toMatchObject({ pid, processes: 1, exitCode: null, exitSignal: 'SIGKILL' })
    expect(stack.server.pid).toBeNull()
    expect(stack.processes().map(({ name }) => name)).toEqual(['postgres'])
    expect(await isRefused(portOf(stack.address))).toBe(true)
    const started = await stack.server.start()
    expect(started).toMatchObject({ pid: stack.server.pid, previousPid: pid })
    expect(started['outageMs']).toBeGreaterThan(Number(started['readyMs']))
    expect(await statusOfWorkflow(stack)).toBe('RUNNING')
  })

  test('has a server that is stopped cleanly, or by force where it does not end in time', async () => {
    expect(await stack.server.stop()).toMatchObject({
      asked: 'SIGTERM',
      forced: false,
      exitCode: 0,
      exitSignal: null,
    })
    await stack.server.start()
    expect(await stack.server.stop(1)).toMatchObject({ forced: true, exitSignal: 'SIGKILL' })
    await stack.server.start()
    expect(await statusOfWorkflow(stack)).toBe('RUNNING')
  })

  test('has services that are paused as a whole and resumed', async () => {
    for (const service of [stack.server, stack.postgres]) {
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
    expect(await statusOfWorkflow(stack)).toBe('RUNNING')
  })

  test('has a database that is killed with all its processes, and shows that it was started anew', async () => {
    const before = processTable().filter(({ parent }) => parent === stack.postgres.pid)
    const killed = await stack.postgres.kill()
    expect(killed['processes']).toBeGreaterThanOrEqual(before.length)
    expect(killed).toMatchObject({ exitSignal: 'SIGKILL' })
    const alive = new Set(processTable().filter(isAlive).map(({ pid }) => pid)) // prettier-ignore
    expect(before.filter(({ pid }) => alive.has(pid))).toEqual([])
    const started = await stack.postgres.start()
    expect(started['postmasterStartedAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(started['postmasterStartedAt']).not.toBe(started['previousPostmasterStartedAt'])
    await vi.waitFor(async () => expect(await statusOfWorkflow(stack)).toBe('RUNNING'), 10_000)
  })

  test('has a database that is stopped cleanly and started', async () => {
    expect(await stack.postgres.stop()).toMatchObject({ asked: 'SIGINT', forced: false, exitCode: 0 })
    await stack.postgres.start()
    await vi.waitFor(async () => expect(await statusOfWorkflow(stack)).toBe('RUNNING'), 10_000)
  })

  test('is killed while it is paused', async () => {
    await stack.server.pause()
    expect(await stack.server.kill()).toMatchObject({ exitSignal: 'SIGKILL' })
    await stack.server.start()
  })

  test('does not do to a service what its state forbids', async () => {
    const mistake = { code: 'CHAOS_SERVICE_STATE', kind: 'harness' }
    await expect(stack.server.start()).rejects.toMatchObject(mistake)
    await expect(stack.server.resume()).rejects.toMatchObject(mistake)
    await stack.server.kill()
    await expect(stack.server.kill()).rejects.toMatchObject(mistake)
    await expect(stack.server.stop()).rejects.toMatchObject(mistake)
    await expect(stack.server.pause()).rejects.toMatchObject(mistake)
    await stack.server.start()
    // None of all this was a death that nobody asked for.
    expect(stack.health.aborted).toBe(false)
  })
})

describe('a death that nobody asked for', () => {
  test.for(['server', 'postgres'] as const)('of the %s is told with the end of its log', async (which) => {
    const stack = await stacks.start()
    const service = stack[which]
    if (service.pid !== null) process.kill(service.pid, 'SIGKILL')
    await vi.waitFor(() => expect(stack.health.aborted).toBe(true), 5_000)
    expect(stack.health.reason).toMatchObject({ code: 'CHAOS_SERVICE_DIED', kind: 'harness' })
    const [first, ...tail] = (stack.health.reason as Error).message.split('\n')
    expect(first).toBe(`${service.name} was ended by SIGKILL; the end of its log:`)
    expect(tail.length).toBeGreaterThanOrEqual(3)
    expect(service.pid).toBeNull()
    await stack[Symbol.asyncDispose]()
    expect(await stacks.left()).toEqual(nothing)
  })
})

test('two stacks stand side by side, and one does not feel what is done to the other', async () => {
  const [one, other] = await Promise.all([stacks.start(), stacks.start()])
  expect(one.address).not.toBe(other.address)
  await startWorkflow(other)
  await one.postgres.kill()
  await one.server.kill()
  await one[Symbol.asyncDispose]()
  expect(await statusOfWorkflow(other)).toBe('RUNNING')
  expect(other.health.aborted).toBe(false)
  await other[Symbol.asyncDispose]()
  expect(await stacks.left()).toEqual(nothing)
})

test('a stack that is closed while a service starts leaves nothing', async () => {
  const stack = await stacks.start()
  await stack.server.kill()
  const [starting] = await Promise.allSettled([stack.server.start(), stack[Symbol.asyncDispose]()])
  expect(starting).toMatchObject({ status: 'rejected', reason: { code: 'CHAOS_STACK_CLOSED' } })
  await expect(stack.server.start()).rejects.toMatchObject({ code: 'CHAOS_SERVICE_STATE' })
  expect(await stacks.left()).toEqual(nothing)
})
