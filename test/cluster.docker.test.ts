// A cluster of containers: every operation is proven by the engine, and nothing is left afterwards.
import { mkdtempDisposable, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../harness/config/config.ts'
import { openBackend, type StartCluster } from '../harness/cluster/open-backend.ts'
import { timestampOf } from '../harness/cluster/service/panics.ts'
import type { Session } from '../harness/processes/session.ts'
import { serviceOf } from '../harness/cluster/capabilities.ts'
import type { Cluster } from '../harness/cluster/cluster.ts'
import type { Service } from '../harness/cluster/service.ts'
import { because, docker, leftInEngine, nothingInEngine, surveyContainers } from './support/docker.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const { whyNot, whyNoUi } = await surveyContainers()
const never = new AbortController().signal
/** The time of the first line of a server's log, in milliseconds of the wall clock. */
const options = { name: 'docker', env: process.env, signal: never, onProgress: () => {} } as const

describe.skipIf(whyNot !== null)(`a cluster of containers${because(whyNot)}`, () => {
  let session: Session
  let start: StartCluster
  let cluster: Cluster
  const serviceNamed = (name: Service['name']) => serviceOf(cluster, name, 'this test')
  const names = ['temporal-server', 'postgres'] as const
  beforeAll(async () => {
    session = await openSession()
    start = await openBackend({ ...options, session, config: readConfig({ backend: 'docker' }, {}) })
    cluster = await start()
  })
  afterAll(async () => {
    await cluster[Symbol.asyncDispose]()
    await session[Symbol.asyncDispose]()
    expect(await leftInEngine()).toEqual(nothingInEngine)
  })

  test('says what it is', () => {
    expect(cluster).toMatchObject({
      backend: 'docker',
      versions: { server: '1.32.2', postgres: expect.stringMatching(/^1[5-9]\./) },
      containerNetwork: { address: expect.stringMatching(/:7233$/) },
    })
    expect(cluster.watched().map(({ name }) => name)).toEqual(['temporal-server', 'postgres'])
  })

  test('publishes ports only on this machine, and no process in it is root or may become root', async () => {
    const own = await docker.listContainers({
      filters: { label: [`io.temporal-chaos.session=${session.id}`] },
    })
    const { NCPU: cpus } = (await docker.info()) as { NCPU: number }
    const inspected = await Promise.all(own.map(({ Id }) => docker.getContainer(Id).inspect()))
    expect(inspected).toHaveLength(2)
    for (const { Config, HostConfig } of inspected) {
      const bindings = Object.values(HostConfig.PortBindings as Record<string, { HostIp: string }[]>).flat()
      expect(new Set(bindings.map(({ HostIp }) => HostIp))).toEqual(new Set(['127.0.0.1']))
      expect(Config.User).not.toMatch(/^(root|0|)$/)
      expect(HostConfig).toMatchObject({ CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] })
      expect(HostConfig.Memory).toBe(2 * 1024 ** 3)
      expect(HostConfig.NanoCpus).toBe(Math.min(2, cpus) * 1e9)
      expect(HostConfig.LogConfig).toMatchObject({ Type: 'json-file', Config: { 'max-size': '64m' } })
    }
  })

  test('reports CPU and memory as the engine measures them', async () => {
    for (const watched of cluster.watched()) {
      if (!('usage' in watched)) throw new Error(`${watched.name} is no container`)
      const first = await watched.usage()
      // A Temporal server or a PostgreSQL takes at least 5 MB, a few ms of CPU, and no more than the
      // container has.
      expect(first?.cpuMs).toBeGreaterThan(5)
      expect(first?.memoryBytes).toBeGreaterThan(5_000_000)
      expect(first?.memoryBytes).toBeLessThan(2 * 1024 ** 3)
      const second = await watched.usage()
      expect(second?.cpuMs).toBeGreaterThanOrEqual(first?.cpuMs ?? Infinity)
    }
  })

  test.each(names)('%s is killed, and comes back at the same address', async (name) => {
    const service = serviceNamed(name)
    const { address } = cluster.endpoint
    expect(await service.kill()).toMatchObject({ state: 'exited', exitSignal: 'SIGKILL' })
    expect(service.isUp).toBe(false)
    await expect(service.kill()).rejects.toMatchObject({ code: 'CHAOS_SERVICE_STATE' })
    const started = await service.start()
    expect(started['startedAt']).not.toBe(started['previousStartedAt'])
    expect([service.isUp, cluster.endpoint.address]).toEqual([true, address])
  })

  test.each(names)('%s stops when told to', async (name) => {
    expect(await serviceNamed(name).stop()).toMatchObject({ state: 'exited', exitCode: 0, forced: false })
    await serviceNamed(name).start()
  })

  test.each(names)('%s is paused and resumed, and can be killed while paused', async (name) => {
    const service = serviceNamed(name)
    expect(await service.pause()).toMatchObject({ state: 'paused' })
    expect(service.isPaused).toBe(true)
    expect(await service.resume()).toMatchObject({ state: 'running', stateWas: 'paused' })
    await service.pause()
    expect(await service.kill()).toMatchObject({ exitSignal: 'SIGKILL' })
    await service.start()
  })

  test('its server returns log lines since an instant, without earlier ones', async () => {
    const begun = await cluster.logs?.serverSince?.(0)
    const sinceMs = Date.now()
    await serviceNamed('temporal-server').kill()
    await serviceNamed('temporal-server').start()
    const logged = await cluster.logs?.serverSince?.(sinceMs)
    expect(logged).toContain('Frontend is now healthy')
    // Their age says nothing: the engine rounds the instant down, and stamps a line when it gets it.
    const stamped = (log = '') => log.split('\n').filter((line) => timestampOf(line) !== undefined)
    const oldest = stamped(begun).slice(0, 20)
    expect(oldest).toHaveLength(20)
    expect(stamped(logged).filter((line) => oldest.includes(line))).toEqual([])
  })

  test('the database loses its network and gets it back, even if it died meanwhile', async () => {
    const postgres = serviceNamed('postgres')
    expect(await postgres.disconnect()).toMatchObject({ state: 'running' })
    expect([postgres.isUp, postgres.isDisconnected]).toEqual([true, true])
    await postgres.reconnect()
    expect(postgres.isDisconnected).toBe(false)
    await postgres.disconnect()
    await postgres.kill()
    await postgres.start()
    expect([postgres.isUp, postgres.isDisconnected]).toEqual([true, false])
  })

  test.skipIf(whyNoUi !== null)(`the web interface is there once it is told${because(whyNoUi)}`, async () => {
    const config = readConfig({ backend: 'docker', ui: true }, {})
    const startOther = await openBackend({ ...options, session, config })
    let told = Promise.reject<Response>(new Error('it was not told'))
    told.catch(() => undefined)
    await using other = await startOther((text) => {
      const page = /^web interface: (\S+)$/.exec(text)?.[1]
      if (page !== undefined) told = fetch(page)
    })
    const answer = await told
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/<html/i)])
    expect(other.watched().map(({ name }) => name)).toContain('temporal-ui')
    await using folder = await mkdtempDisposable(join(tmpdir(), 'chaos-ui-'))
    await other.logs?.save(folder.path)
    expect((await readdir(folder.path)).toSorted()).toEqual([
      'postgres.log',
      'temporal-server.log',
      'temporal-ui.log',
    ])
  })

  test('an unplanned death is reported, with the end of the log', async () => {
    await using other = await start()
    const [server] = await docker.listContainers({
      filters: {
        publish: [other.endpoint.address.split(':')[1] ?? ''],
        label: [`io.temporal-chaos.session=${session.id}`],
      },
    })
    await docker.getContainer(server?.Id ?? '').kill()
    await expect.poll(() => other.health.aborted, { timeout: 5_000 }).toBe(true)
    expect(other.health.reason).toMatchObject({ code: 'CHAOS_SERVICE_DIED' })
    expect(String(other.health.reason)).toMatch(
      /temporal-server was ended by SIGKILL; the end of its log:\n {2}/,
    )
    expect(cluster.health.aborted).toBe(false)
  })

  test('aborted during its start, it leaves nothing', async () => {
    const before = await leftInEngine()
    const interruption = new AbortController()
    const config = readConfig({ backend: 'docker' }, {})
    const startOther = await openBackend({ ...options, session, config, signal: interruption.signal })
    const starting = startOther(
      (text) => text.startsWith('making the databases') && interruption.abort('enough'),
    )
    await expect(starting).rejects.toBe('enough')
    expect(await leftInEngine()).toEqual(before)
  })
})
