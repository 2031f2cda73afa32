// A user's own suite: scenarios as named tests, and an ordinary test on the same cluster.
import { fileURLToPath } from 'node:url'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { chaosTests, temporalEnvironment } from 'temporal-chaos/vitest'
import killWorkerMidSleep from '../scenarios/kill-worker-mid-sleep.ts'

Runtime.install({ logger: new DefaultLogger('WARN') })

chaosTests({ scenarios: [killWorkerMidSleep], runs: 1 })

test('without faults, durableDemo acts before and after it sleeps', async () => {
  await using temporal = await temporalEnvironment()
  const { client, nativeConnection, namespace = 'default' } = temporal
  const acted: string[] = []
  const taskQueue = 'durable-demo-in-a-test'
  const worker = await Worker.create({
    connection: nativeConnection,
    namespace,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('../workflows/durable-demo.ts', import.meta.url)),
    activities: {
      recordEffect: async ({ key }: { key: string }) => {
        acted.push(key)
        return { key, outcome: 'new' }
      },
    },
  })
  const input = { sleepMs: 100, activity: { startToCloseTimeout: 5_000 } }
  const result = await worker.runUntil(
    client.workflow.execute('durableDemo', { taskQueue, workflowId: taskQueue, args: [input] }),
  )
  expect(acted).toEqual([`${taskQueue}/before-sleep`, `${taskQueue}/after-sleep`])
  expect(result).toEqual({ effects: acted, sleptMs: 100 })
})
