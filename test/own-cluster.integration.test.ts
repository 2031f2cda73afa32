// Scenarios with a cluster of their own get it alone, whatever else the campaign runs, and hand it on healed.
import { globSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { CampaignEvent } from '../harness/campaign/campaign.ts'
import { defineScenario } from '../harness/index.ts'
import { ManagedService } from '../harness/cluster/service/managed-service.ts'
import { asleep, workerDies } from '../controls/shared/steps.ts'
import { serverDies } from './support/asleep.ts'
import { runTestCampaign } from './support/campaign.ts'
import { chaos } from './support/chaos.ts'
import { openPlace } from './support/place.ts'

const twoCores = fileURLToPath(new URL('fixtures/two-cores.ts', import.meta.url))

const worker = defineScenario({
  name: 'worker',
  promise: 'A worker may die.',
  // Other tests share the machine.
  budgetMs: 20_000,
  run: workerDies,
})

const server = defineScenario({
  name: 'server',
  promise: 'The server may die.',
  // Other tests share the machine.
  budgetMs: 20_000,
  isolation: 'own-cluster',
  run: serverDies,
})

/** Leaves the server paused: the run's end must heal it. */
const careless = defineScenario({
  name: 'careless',
  promise: 'The run heals what a scenario leaves broken.',
  isolation: 'own-cluster',
  async run(run) {
    await asleep(run)
    await run.server.pause()
    throw new Error('the scenario ends here')
  },
})

const trespassing = defineScenario({
  name: 'trespassing',
  promise: 'A shared cluster takes no faults.',
  async run(run) {
    await run.server.kill()
  },
})

const accident = defineScenario({
  name: 'accident',
  promise: 'An unplanned death ends the campaign.',
  isolation: 'own-cluster',
  async run(run) {
    const demo = await asleep(run)
    const { handle } = run.server
    const pid = handle instanceof ManagedService ? handle.pid : null
    if (run.choose.roundRobin('run', ['harmless', 'fatal']) === 'fatal' && pid !== null)
      process.kill(pid, 'SIGKILL')
    await demo.completes()
  },
})

/**
 * Records which runs were on a cluster when an own-cluster run began, and on which clusters such runs were.
 */
function watchClusters() {
  const running = new Map<string, string>()
  const together: string[] = []
  const faultedClusters = new Set<string>()
  const nameOf = ({ planned }: Exclude<CampaignEvent, { type: 'ready' }>) =>
    `${planned.scenario.name} ${planned.run}`
  async function onEvent(event: CampaignEvent): Promise<void> {
    if (event.type === 'run-finished') running.delete(nameOf(event))
    if (event.type !== 'run-started') return
    running.set(nameOf(event), event.address)
    if (event.planned.scenario.isolation !== 'own-cluster') return
    faultedClusters.add(event.address)
    const there = [...running].filter(([, address]) => address === event.address)
    together.push(there.map(([name]) => name).join(', '))
  }
  return { onEvent, together, faultedClusters }
}

test('a cluster takes faults of one run at a time and is healed after each', async () => {
  const { onEvent, together, faultedClusters } = watchClusters()
  const scenarios = [server, careless, worker, trespassing]
  const flags = { runs: 2, concurrency: 4 }
  await using outcome = await runTestCampaign({ scenarios, flags, onEvent, overrides: { cores: 2 } })
  expect(together).toEqual(['server 1', 'server 2', 'careless 1', 'careless 2'])
  expect(outcome.stopped).toBeNull()
  const verdicts = Object.fromEntries(
    outcome.result.scenarios.map(({ name, runs }) => [
      name,
      runs.map(({ verdict, reason }) => reason ?? verdict),
    ]),
  )
  expect(verdicts).toEqual({
    server: ['pass', 'pass'],
    worker: ['pass', 'pass'],
    careless: ['the scenario ends here', 'the scenario ends here'],
    trespassing: Array(2).fill('trespassing uses temporal-server, but its runs share their cluster'),
  })
  expect(faultedClusters.size).toBe(2)
  const logs = ['postgres.log', 'temporal-server.log']
  const further = Array.from({ length: faultedClusters.size - 1 }, (_, index) => `cluster-${index + 2}`)
  expect(readdirSync(path.join(outcome.folder, 'logs')).toSorted()).toEqual([...logs, ...further].toSorted())
  for (const name of further) expect(readdirSync(path.join(outcome.folder, 'logs', name))).toEqual(logs)
})

test('with one run at a time there is one cluster', async () => {
  const { onEvent, together, faultedClusters } = watchClusters()
  const flags = { runs: 2, concurrency: 1 }
  await using outcome = await runTestCampaign({
    scenarios: [server],
    flags,
    onEvent,
    overrides: { cores: 2 },
  })
  expect(together).toEqual(['server 1', 'server 2'])
  expect(faultedClusters.size).toBe(1)
  expect(outcome.result.gate.ok).toBe(true)
})

describe('with cores for two clusters', () => {
  test('each of two own-cluster runs has one, and the death of either ends the campaign', async () => {
    const { onEvent, faultedClusters } = watchClusters()
    await using outcome = await runTestCampaign({
      scenarios: [accident],
      flags: { runs: 4 },
      onEvent,
      overrides: { cores: 2 },
    })
    expect(faultedClusters.size).toBe(2)
    expect(outcome.stopped).toMatchObject({ reason: 'error', error: { code: 'CHAOS_SERVICE_DIED' } })
    expect(outcome.result.gate.executed).toBeLessThan(4)
  })

  test('interrupted while the second one starts: exit 130, and nothing is left', async () => {
    await using place = await openPlace()
    const running = chaos({ ...place, preload: twoCores }, 'restart-server', '--runs', '2')
    const databases = () => globSync(path.join(place.tmp, 'temporal-chaos-*', 'cluster-*', 'postgres.log'))
    await expect.poll(() => databases().length, { timeout: 60_000, interval: 5 }).toBe(2)
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(all).toMatch(/0 passed, 2 failed$/)
    expect(exitCode).toBe(130)
    expect([place.processes(), place.folders()]).toEqual([[], []])
  })
})
