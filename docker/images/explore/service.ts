// What has to be there before work can be done by hand: a namespace, and a worker that polls.
import type { ConnectionLike } from '@temporalio/client'
import { isAlreadyExists } from '../../../harness/temporal/grpc.ts'
import { msToTs } from '@temporalio/common/lib/time.js'

const patienceMs = 90_000
const everyMs = 500

/** @throws the last refusal, where the server does not answer in time */
export async function register(connection: ConnectionLike, namespace: string): Promise<string> {
  const untilMs = performance.now() + patienceMs
  const workflowExecutionRetentionPeriod = msToTs('3 days')
  for (;;) {
    try {
      await connection.withDeadline(Date.now() + 5_000, () =>
        connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod }),
      )
      return `made the namespace ${namespace}`
    } catch (thrown) {
      if (isAlreadyExists(thrown)) return `${namespace} is there`
      if (performance.now() > untilMs) throw thrown
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }
}

/** @throws where none polls for workflow tasks, which is what the service takes an unnamed type for */
export async function ready(
  connection: ConnectionLike,
  namespace: string,
  taskQueue: string,
): Promise<string> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
  })
  if (pollers === null || pollers === undefined || pollers.length === 0)
    throw new Error(`nobody polls ${taskQueue}`)
  return pollers.map(({ identity }) => identity).join('\n')
}
