// Calls that somebody makes behind the harness's back, when a worker starts again.
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Connection, isGrpcServiceError } from '@temporalio/client'
import type { WorkerLauncher } from 'temporal-chaos'

type Request = Parameters<WorkerLauncher['start']>[0]

/** Before the given incarnation starts, `call` is made with a client of its own. */
export function beforeIncarnation(
  incarnation: number,
  call: (connection: Connection, request: Request) => Promise<void>,
): (usual: WorkerLauncher) => WorkerLauncher {
  return (usual) => ({
    ...usual,
    async start(request) {
      if (request.incarnation === incarnation) {
        const connection = await Connection.connect({ address: request.host.temporalAddress })
        try {
          await call(connection, request)
        } finally {
          await connection.close()
        }
      }
      return usual.start(request)
    },
  })
}

/** The id of the first workflow of this type that the run started. */
export function firstWorkflowId({ taskQueues }: Request, type: string): string {
  return `${taskQueues[0]?.name ?? ''}-${type}-1`
}

/** Starts the workflow once more, under the id of one that has completed. */
export async function startAgain(
  connection: Connection,
  { namespace, taskQueues, profile }: Request,
  workflowId: string,
): Promise<void> {
  const client = new Client({ connection, namespace })
  await client.workflow.start('durableDemo', {
    workflowId,
    taskQueue: taskQueues[0]?.name ?? '',
    args: [{ sleepMs: 1_000, activity: profile.activity }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
}

/** Somebody else cancels the workflow. */
export async function cancel(connection: Connection, namespace: string, workflowId: string): Promise<void> {
  await new Client({ connection, namespace }).workflow.getHandle(workflowId).cancel()
}

/** gRPC's NOT_FOUND. */
const notFound = 5

/** Deletes the workflow with its history, as a database would that lost it. */
export async function forget(connection: Connection, namespace: string, workflowId: string): Promise<void> {
  const execution = { workflowId }
  const { workflowService } = connection
  await workflowService.deleteWorkflowExecution({ namespace, workflowExecution: execution })
  const isKnown = async () => {
    try {
      await workflowService.describeWorkflowExecution({ namespace, execution })
      return true
    } catch (thrown) {
      if (!isGrpcServiceError(thrown)) throw thrown
      const { code }: { readonly code: number } = thrown
      if (code === notFound) return false
      throw thrown
    }
  }
  while (await isKnown()) await delay(50)
}
