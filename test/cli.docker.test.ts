// The command line on containers, with a working engine and with missing engine or images.
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chaosWith, latest, latestTiming, said } from './support/chaos.ts'
import {
  because,
  leftInEngine,
  nothingInEngine,
  openEngineDoor,
  startForeignContainer,
  surveyContainers,
} from './support/docker.ts'
import { openPlace, type Place } from './support/place.ts'

const run = 'kill-worker-mid-sleep'
const { whyNot, whyNoWorkers, images } = await surveyContainers()

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(async () => {
  await place[Symbol.asyncDispose]()
})

function chaos(...args: readonly string[]) {
  return chaosWith(place, { CHAOS_BACKEND: 'docker' }, ...args)
}

async function nothingIsLeft(): Promise<void> {
  const left = async () => [place.processes(), place.folders(), await leftInEngine()]
  await vi.waitFor(async () => expect(await left()).toEqual([[], [], nothingInEngine]), {
    timeout: 30_000,
    interval: 200,
  })
}

describe('without an engine', () => {
  const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }

  test('containers were requested: exit 3, why, and what to do', async () => {
    const { exitCode, all } = await chaosWith(place, { ...nowhere, CHAOS_BACKEND: 'docker' }, run)
    expect(all).toMatch(
      /no container engine: \/nowhere\/docker\.sock does not exist \[CHAOS_ENGINE_MISSING\]/,
    )
    expect(all).toMatch(/--backend process needs none/)
    expect(exitCode).toBe(3)
  })

  test('the harness may choose: local processes, with the reason', async () => {
    const { exitCode, all } = await chaosWith(place, { ...nowhere, CHAOS_BACKEND: 'auto' }, run, '--dry-run')
    expect(all).toMatch(/^backend process: there is no container engine/)
    expect(exitCode).toBe(0)
  })

  test('a worker in a container with local processes: exit 2', async () => {
    const { exitCode, all } = await chaosWith(
      place,
      { CHAOS_BACKEND: 'process' },
      run,
      '--worker',
      'container',
    )
    expect(all).toMatch(/--worker container needs a cluster of containers/)
    expect(exitCode).toBe(2)
  })
})

describe.skipIf(whyNot !== null)(`on containers${because(whyNot)}`, () => {
  describe.each([
    ['process', whyNot],
    ['container', whyNoWorkers],
  ])('with workers in a %s', (worker, why) => {
    test.skipIf(why !== null)(`a run passes, and nothing is left${because(why)}`, async () => {
      const { exitCode, all } = await chaos(run, '--runs', '1', '--worker', worker)
      expect(all).toMatch(/backend docker: as configured/)
      expect(all).toMatch(/1 passed, 0 failed$/)
      expect(exitCode).toBe(0)
      const { campaign, scenarios } = await latestTiming(place.reports)
      expect(campaign.backend).toBe('docker')
      const names = scenarios[0]?.runs[0]?.resources.map(({ process }) => process)
      expect(names).toEqual(expect.arrayContaining(['harness', 'temporal-server', 'postgres', 'worker-1']))
      expect(await latest(place.reports, `runs/${run}/1/logs/worker-1-1.log`)).toMatch(/RUNNING/)
      expect(await latest(place.reports, 'logs/temporal-server.log')).toMatch(/"msg"/)
      await nothingIsLeft()
    })
  })

  test('a missing image: exit 3, and nothing is pulled', async () => {
    const { exitCode, all } = await chaos(run, '--server-image', 'nobody/has-this:1')
    expect(all).toMatch(/no image nobody\/has-this:1 \[CHAOS_IMAGE_MISSING\]\nNothing is pulled unasked/)
    expect(exitCode).toBe(3)
    await nothingIsLeft()
  })

  test('a wrong image: exit 3, with the place of the contract', async () => {
    const { exitCode, all } = await chaos(run, '--runs', '1', '--server-image', images.postgres)
    expect(all).toMatch(/does not meet the contract.*temporal-server.*\[CHAOS_IMAGE_UNFIT\]/)
    expect(all).toMatch(/docker\/images\/README\.md/)
    expect(exitCode).toBe(3)
    await nothingIsLeft()
  })

  test('the engine ends during a campaign: exit 3, and nothing is left once it is back', async () => {
    await using door = await openEngineDoor(place.tmp)
    const running = chaosWith(place, { CHAOS_BACKEND: 'docker', DOCKER_HOST: door.host }, run, '--runs', '2')
    await said(running, /cluster: Temporal/)
    door.shut()
    const { exitCode, all } = await running
    expect(all).toMatch(/CHAOS_ENGINE_LOST/)
    expect(exitCode).toBe(3)
    expect(await leftInEngine()).not.toEqual(nothingInEngine)
    await using _again = await openEngineDoor(place.tmp)
    await nothingIsLeft()
  })

  test.each([
    ['while the database starts', /starting PostgreSQL/],
    ['while the server starts', /starting the Temporal server/],
    ['when the cluster is up', /cluster: Temporal/],
  ])('interrupted %s: exit 130, and nothing is left', async (_, phase) => {
    const running = chaos(run, '--runs', '2')
    await said(running, phase)
    running.kill('SIGINT')
    const { exitCode } = await running
    expect(exitCode).toBe(130)
    expect(await leftInEngine()).toEqual(nothingInEngine)
    await nothingIsLeft()
  })

  const worker = whyNoWorkers === null ? 'container' : 'process'
  test.each([
    ['while a container is made', /making a network/, 300],
    ['while the server starts', /starting the Temporal server/, 0],
    ['when runs are under way', /cluster: Temporal/, 2_000],
  ])('killed %s: the guard removes containers and network', async (_, phase, afterMs) => {
    const running = chaos(run, '--runs', '2', '--worker', worker)
    await said(running, phase)
    await delay(afterMs)
    running.kill('SIGKILL')
    expect((await running).signal).toBe('SIGKILL')
    await nothingIsLeft()
  })

  test('leaves foreign containers and networks alone, whatever their names', async () => {
    await using foreign = await startForeignContainer(images)
    const running = chaos(run, '--runs', '1')
    await said(running, /cluster: Temporal/)
    running.kill('SIGKILL')
    expect((await running).signal).toBe('SIGKILL')
    await nothingIsLeft()
    expect(await foreign.isThere()).toEqual({ container: true, network: true })
  })
})
