// A worker that is declared by its image: started, struck and ended by the container engine, on a cluster of this machine.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import Docker from 'dockerode'
import { describe, expect, test } from 'vitest'
import { workerImage } from '../harness/containers/images/images.ts'
import { chaosWith, latestTiming } from './support/chaos.ts'
import { runningCluster } from './support/running-cluster.ts'
import { because, surveyContainers } from './support/docker.ts'

const { whyNoWorkers } = await surveyContainers()

describe.skipIf(whyNoWorkers !== null)(`with an engine and an image${because(whyNoWorkers)}`, () => {
  const running = runningCluster()

  /** What our own worker's program reads, which is one in an image like any other here. */
  const env = {
    CHAOS_TASK_QUEUE: 'in-an-image',
    CHAOS_IDENTITY: 'image-worker',
    CHAOS_INCARNATION: '1',
    CHAOS_WORKFLOW_BUNDLE: '/app/bundle.js',
    CHAOS_WORKER_OPTIONS: '{"stickyQueueScheduleToStartTimeout":"1s"}',
  }

  async function chaos(image: string, ...args: readonly string[]) {
    const folder = path.join(running.place.tmp, 'project')
    await mkdir(folder, { recursive: true })
    const input = {
      sleepMs: 1_500,
      activity: { startToCloseTimeout: '3s', retry: { initialInterval: '1s' } },
    }
    const config = {
      worker: { image, env },
      cluster: { address: running.cluster.endpoint.address },
      workloads: { demo: { type: 'durableDemo', taskQueue: 'in-an-image', args: [input] } },
      budgetMs: 30_000,
    }
    await writeFile(path.join(folder, 'chaos.config.json'), JSON.stringify(config))
    const reports = path.join(folder, 'reports')
    const inFolder = { tmp: running.place.tmp, reports, cwd: folder }
    const { exitCode, all } = await chaosWith(inFolder, { CHAOS_BACKEND: undefined }, 'run', ...args)
    return { reports, exitCode, all }
  }

  /** The names of containers that run our image. */
  async function containers(): Promise<string[]> {
    const image = await workerImage()
    const all = await new Docker().listContainers({ all: true, filters: { ancestor: [image] } })
    return all.flatMap(({ Names }) => Names)
  }

  test('is killed, stopped and frozen, and nothing of it is left', async () => {
    const before = await containers()
    const names = ['kill', 'stop', 'freeze'].map((fault) => `demo/${fault}-worker@timer-1`)
    const { exitCode, all, reports } = await chaos(await workerImage(), ...names)
    expect([exitCode, all]).toEqual([0, expect.stringContaining('3 passed')])
    const { scenarios } = await latestTiming(reports)
    const evidence = scenarios.flatMap(({ runs }) => runs.flatMap(({ faults }) => faults))
    expect(evidence.map(({ kind, evidence: { container } }) => [kind, typeof container])).toEqual([
      ['kill-worker', 'string'],
      ['terminate-worker', 'string'],
      ['pause-worker', 'string'],
    ])
    expect(await containers()).toEqual(before)
  }, 400_000)

  test('an image that the engine does not have is named before anything is started', async () => {
    const { exitCode, all } = await chaos('temporal-chaos/missing:1')
    expect([exitCode, all]).toEqual([2, expect.stringContaining('[CHAOS_IMAGE_MISSING]')])
    expect(all).toContain('the container engine has no image')
  })
})
