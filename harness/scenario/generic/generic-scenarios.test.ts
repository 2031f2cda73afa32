import { expect, test } from 'vitest'
import { partByBackend } from '../availability.ts'
import { projectOf } from '../../config/project/project.ts'
import { profiles } from '../../config/profiles.ts'
import { dryRun } from '../dry-run.ts'
import type { Explored } from './explored.ts'
import { exploringScenario, genericScenarios } from './generic-scenarios.ts'

const content = {
  worker: { command: ['bin/worker'] },
  workloads: {
    order: {
      type: 'Order',
      taskQueue: 'orders',
      messages: [
        { at: 'timer 1', signal: 'approve' },
        { at: { afterMs: 0 }, update: 'pay' },
      ],
    },
  },
}
const project = projectOf('/project/chaos.config.json', content, 'text')
const explored: Explored = {
  version: project.version,
  workload: 'order',
  ends: [],
  durationMs: 3_000,
  moments: [
    { name: 'activity-1', of: 'charge', lastsMs: 400 },
    { name: 'activity-2', of: 'mail', lastsMs: 20 },
    { name: 'timer-1', lastsMs: 2_000 },
  ],
  queues: { worker: [{ name: 'orders', polls: ['workflow'] }] },
}

test('a development server is struck if it keeps its state in a file, and its database never is', () => {
  const skippedOf = (devServer: unknown) => {
    const declared = projectOf('/project/chaos.config.json', { ...content, cluster: { devServer } }, 'text')
    const { skipped } = partByBackend(genericScenarios(declared, 'order', explored), 'dev-server')
    return [...new Set(skipped.map(({ scenario, reason }) => `${scenario.replace(/@.*/, '')}: ${reason}`))]
  }
  const database = expect.stringMatching(/^order\/restart-database: .* is its own database/) as string
  expect(skippedOf({ keep: true })).toEqual([database])
  expect(skippedOf(true)).toEqual([
    expect.stringMatching(
      /^order\/restart-server: .* keeps nothing over a kill, unless `cluster\.devServer`/,
    ),
    database,
  ])
  const onProcesses = partByBackend(genericScenarios(project, 'order', explored), 'process')
  expect(onProcesses.skipped).toEqual([])
})

async function stepsOf(name: string): Promise<readonly string[]> {
  const scenario = genericScenarios(project, 'order', explored).find((one) => one.name === name)
  if (scenario === undefined) throw new Error(`there is no ${name}`)
  const { steps, incomplete } = await dryRun(scenario, {
    campaignSeed: 1,
    run: 1,
    seed: 1,
    profile: profiles['as-is'],
  })
  expect(incomplete).toBeNull()
  return steps
}

test('every fault at every moment that lasts, and before each message that is due at none of them', () => {
  const names = genericScenarios(project, 'order', explored).map(({ name }) => name)
  const moments = ['activity-1', 'message-1', 'message-2']
  const faults = [
    'kill-worker',
    'lose-worker',
    'stop-worker',
    'freeze-worker',
    'restart-server',
    'restart-database',
  ]
  const withStart = new Set(faults.slice(0, 4))
  expect(names).toEqual(
    faults.flatMap((fault) =>
      [...(withStart.has(fault) ? ['start'] : []), ...moments].map((moment) => `order/${fault}@${moment}`),
    ),
  )
})

test('workers poll what they were seen to poll, under the names of their own code', () => {
  const [first] = genericScenarios(project, 'order', explored)
  expect(first?.workers).toMatchObject({ worker: { ownQueues: [{ name: 'orders', polls: ['workflow'] }] } })
  const exploring = exploringScenario(project, 'order')
  expect(exploring.workers).toMatchObject({ worker: { ownQueues: [{ name: 'orders', polls: [] }] } })
})

test('a message that is due at the fault is sent while it lasts', async () => {
  const steps = await stepsOf('order/kill-worker@message-1')
  const at = (begin: string) => steps.findIndex((step) => step.startsWith(begin))
  expect(at('inject kill')).toBeGreaterThan(at('reach timer 1'))
  expect(at('signal approve')).toBeGreaterThan(at('inject kill'))
  expect(at('restart worker')).toBeGreaterThan(at('signal approve'))
  expect(at('await')).toBeGreaterThan(at('update pay'))
})

test('a later message may have a place that comes only after the heal', async () => {
  const later = structuredClone(content)
  const order = {
    ...later.workloads.order,
    messages: [
      { at: 'timer 1', signal: 'approve' },
      { at: 'activity 2', signal: 'go' },
    ],
  }
  const other = projectOf('/project/chaos.config.json', { ...later, workloads: { order } }, 'text')
  const scenario = genericScenarios(other, 'order', explored).find(
    ({ name }) => name === 'order/kill-worker@message-1',
  )
  let isHealed = false
  const reached = Promise.withResolvers<void>()
  const steps: string[] = []
  const flow = {
    workflowId: 'w',
    runId: 'r',
    signal: async (name: string) => void steps.push(name),
    completes: async () => void steps.push('completes'),
  }
  const worker = {
    kill: async () => void steps.push('kill'),
    async restart() {
      steps.push('restart')
      isHealed = true
      reached.resolve()
    },
  }
  await scenario?.run({
    workers: { worker },
    start: async () => flow,
    background: <T>(work: Promise<T>) => work,
    reach: async ({ name }: { name: string }) => {
      if (name.includes('activity 2')) await reached.promise
    },
  } as never)
  expect(isHealed).toBe(true)
  expect(steps).toEqual(['kill', 'approve', 'restart', 'go', 'completes'])
})

test('a message’s turn comes once the one before it is answered, which needs the worker', async () => {
  const order = { ...content.workloads.order, messages: [{ update: 'pay' }, { signal: 'approve' }] }
  const other = projectOf('/project/chaos.config.json', { ...content, workloads: { order } }, 'text')
  const scenario = genericScenarios(other, 'order', explored).find(
    ({ name }) => name === 'order/stop-worker@message-2',
  )
  const steps: string[] = []
  const answer = Promise.withResolvers<void>()
  const flow = {
    workflowId: 'w',
    runId: 'r',
    update: async () => {
      await answer.promise
      steps.push('answered')
    },
    signal: async () => void steps.push('approve'),
    completes: async () => {},
  }
  const worker = {
    terminate: async () => void steps.push('stop'),
    restart: async () => void steps.push('restart'),
  }
  const played = scenario?.run({
    workers: { worker },
    start: async () => flow,
    background: <T>(work: Promise<T>) => work,
    reach: async () => {},
  } as never)
  answer.resolve()
  await played
  expect(steps).toEqual(['answered', 'stop', 'approve', 'restart'])
})

test('work may come while no worker lives', async () => {
  const steps = await stepsOf('order/lose-worker@start')
  const at = (begin: string) => steps.findIndex((step) => step.startsWith(begin))
  expect(at('start order')).toBeGreaterThan(at('inject kill'))
  expect(at('restart worker')).toBeGreaterThan(at('start order'))
})

test('a cluster that is not ours takes the faults of workers; those of services are skipped with the reason', () => {
  const all = genericScenarios(project, 'order', explored)
  const { available, skipped } = partByBackend(all, 'external')
  expect(new Set(available.map(({ name }) => name.split('@')[0]))).toEqual(
    new Set(['order/kill-worker', 'order/lose-worker', 'order/stop-worker', 'order/freeze-worker']),
  )
  expect(skipped).toHaveLength(6)
  expect(skipped[0]).toEqual({
    scenario: 'order/restart-server@activity-1',
    reason: 'the services of an external cluster are not in the hands of the harness',
  })
  expect(partByBackend(all, 'process').skipped).toEqual([])
})
