// A project with a worker of its own, on a cluster of containers that is reached at the port that the worker knows.
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePorts } from '../harness/processes/ports.ts'
import { latestTiming } from './support/chaos.ts'
import { because, leftInEngine, nothingInEngine, surveyContainers } from './support/docker.ts'
import { openPlace, type Place } from './support/place.ts'
import { chaosIn, writeProject } from './support/project-folder.ts'

const { whyNot } = await surveyContainers()

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

describe.skipIf(whyNot !== null)(`on containers${because(whyNot)}`, () => {
  test('a worker that names the port in its code; the server and its database are struck', async () => {
    const { port } = await freePorts(['port'])
    const env = { WORKER_ADDRESS: `127.0.0.1:${port}` }
    const folder = await writeProject(place, 'docker', { cluster: { backend: 'docker', port }, env })
    const names = ['kill-worker@timer-1', 'restart-server@timer-1', 'restart-database@timer-1']
    const asked = names.map((name) => `order/${name}`)
    const { exitCode, all } = await chaosIn(place, folder, ['run', ...asked])
    expect([exitCode, all]).toEqual([0, expect.stringContaining('3 passed')])
    const { campaign, scenarios } = await latestTiming(path.join(folder, 'reports'))
    expect(campaign.backend).toBe('docker')
    const struck = scenarios.flatMap(({ runs }) => runs.flatMap(({ faults }) => faults))
    expect(struck.map(({ target }) => target.kind)).toEqual(['worker', 'service', 'service'])
    await vi.waitFor(async () => expect(await leftInEngine()).toEqual(nothingInEngine), {
      timeout: 30_000,
      interval: 200,
    })
    expect([place.processes(), place.folders()]).toEqual([[], []])
  }, 400_000)

  test('another program on that port is named, and the cluster gets another one', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const folder = await writeProject(place, 'taken', { cluster: { port } })
    const { exitCode, all } = await chaosIn(place, folder, ['check', '--backend', 'docker'])
    taken.close()
    expect(all).toMatch(new RegExp(`another program listens on port ${port}; this cluster gets \\d+`))
    expect([exitCode, all]).toEqual([0, expect.stringContaining('polls orders')])
  }, 200_000)
})
