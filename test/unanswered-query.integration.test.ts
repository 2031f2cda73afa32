// A query while nobody takes it: the server refuses it in more than one way, and the observer asks again.
import { describe, expect, test } from 'vitest'
import { defaultPayloadConverter } from '@temporalio/common'
import proto from '@temporalio/proto'
import { Deadline } from '../harness/core/deadline.ts'
import { retryThroughOutage } from '../harness/temporal/observer.ts'
import { startOnce } from '../harness/temporal/start-once.ts'
import { observedCluster } from './support/running-cluster.ts'
import { unloadTaskQueue } from './support/unload-task-queue.ts'

const running = observedCluster()

describe('a query that no worker takes at once', () => {
  const service = () => running.observer.client.workflowService
  const query = (workflowId: string) =>
    running.observer.client.workflow.getHandle(workflowId).query<string>('state')
  const poll = (workflowId: string) =>
    running.observer.client.connection.withDeadline(Date.now() + 10_000, () =>
      service().pollWorkflowTaskQueue({
        namespace: running.observer.namespace,
        taskQueue: { name: `queue-of-${workflowId}` },
      }),
    )
  /** The server gives up on a query a second before its deadline. */
  const within = (ms: number, call: () => Promise<string>) =>
    running.observer.client.connection.withDeadline(Date.now() + ms, call)

  async function startIdle(workflowId: string): Promise<void> {
    await startOnce(running.observer, 'nobodyRunsThis', { workflowId, taskQueue: `queue-of-${workflowId}` })
    const { taskToken } = await poll(workflowId)
    await service().respondWorkflowTaskCompleted({ namespace: running.observer.namespace, taskToken })
  }

  /** Asks until a worker answers, for `ms` each time. @returns what went wrong so far, and the answer to come */
  function askThroughOutage(workflowId: string, ms: number) {
    const refusals: unknown[] = []
    const asking = retryThroughOutage(running.observer, Deadline.after(60_000), 'the query', () =>
      within(ms, () => query(workflowId)).catch((thrown: unknown) => {
        refusals.push(thrown)
        throw thrown
      }),
    )
    return { refusals, asking }
  }

  async function answer(workflowId: string): Promise<void> {
    const { taskToken } = await poll(workflowId)
    await service().respondQueryTaskCompleted({
      namespace: running.observer.namespace,
      taskToken,
      completedType: proto.temporal.api.enums.v1.QueryResultType.QUERY_RESULT_TYPE_ANSWERED,
      queryResult: { payloads: [defaultPayloadConverter.toPayload('here')] },
    })
  }

  test('fails if nobody has polled since the server’s restart, and is asked again if it is retried', async () => {
    await startIdle('asked')
    await running.cluster.server.kill()
    await running.cluster.server.start()
    await expect(within(1_500, () => query('asked'))).rejects.toMatchObject({
      cause: { code: 9, details: 'no poller seen for task queue recently, worker may be down' },
    })
    const { refusals, asking } = askThroughOutage('asked', 1_500)
    await expect.poll(() => refusals.length).toBeGreaterThan(0)
    await answer('asked')
    expect(await asking).toBe('here')
  })

  test('is given up by a server that drops its task queue from memory, and is asked again', async () => {
    await startIdle('dropped')
    const { refusals, asking } = askThroughOutage('dropped', 30_000)
    const { address, namespace } = running.cluster.endpoint
    // The query may still be on its way, so once may be too early.
    await expect
      .poll(async () => {
        await unloadTaskQueue(address, namespace, 'queue-of-dropped')
        return refusals[0]
      })
      .toMatchObject({ cause: { code: 1, details: 'context canceled' } })
    await answer('dropped')
    expect(await asking).toBe('here')
  })
})
