// A worker that polls by the same identity at every start: the dead one stays listed, and must not count as the new one.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { entriesOf } from '../harness/record/timeline.ts'
import { readRecord } from '../harness/record/reader.ts'
import { chaosWith, latestTiming } from './support/chaos.ts'
import { runningCluster } from './support/running-cluster.ts'

const workerProgram = fileURLToPath(new URL('fixtures/external/worker.ts', import.meta.url))

const running = runningCluster()

test('each start is ready by polls of its own, and its work is its own', async () => {
  const folder = path.join(running.place.tmp, 'same-identity')
  await mkdir(folder)
  const config = {
    worker: { command: [process.execPath, workerProgram], env: { ORDERS_IDENTITY: 'orders-worker' } },
    cluster: { address: running.cluster.endpoint.address },
    workloads: { order: { type: 'Order', taskQueue: 'orders', args: ['{{workflow.id}}'] } },
    budgetMs: 20_000,
  }
  await writeFile(path.join(folder, 'chaos.config.json'), JSON.stringify(config))
  const reports = path.join(folder, 'reports')
  const inFolder = { tmp: running.place.tmp, reports, cwd: folder }
  const { exitCode, all } = await chaosWith(
    inFolder,
    { CHAOS_BACKEND: undefined },
    'run',
    'order/kill-worker@activity-1',
    '--runs',
    '2',
  )
  expect([exitCode, all]).toEqual([0, expect.stringContaining('2 passed')])
  const { scenarios } = await latestTiming(reports)
  for (const { run } of scenarios.flatMap(({ runs }) => runs)) {
    const name = path.join('runs', 'order', 'kill-worker@activity-1', String(run))
    const { timeline } = await readRecord(path.join(reports, 'latest', name))
    const starts = entriesOf(timeline, 'incarnation')
    expect(starts.map(({ phase, incarnation, identities }) => [incarnation, phase, identities])).toEqual([
      [1, 'spawned', undefined],
      [1, 'ready', ['orders-worker']],
      [2, 'spawned', undefined],
      [2, 'ready', ['orders-worker']],
    ])
    // The log of the second start tells that its worker ran before it counted as ready.
    const second = await readFile(path.join(reports, 'latest', name, 'logs', 'worker-2.log'), 'utf8')
    expect(second).toContain('RUNNING')
  }
}, 300_000)
