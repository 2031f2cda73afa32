// Executions as the service itself describes them (strongly consistent), and as its visibility lists them.
import proto, { type temporal } from '@temporalio/proto'
import type { Payload } from '@temporalio/common'
import type { Deadline } from '../core/deadline.ts'
import { isNotFound, retryThroughOutage, type Observer } from './observer.ts'

export interface Execution {
  readonly workflowId: string
  readonly runId: string
  /** `RUNNING`, `COMPLETED` … */
  readonly status: string
  /** By the server's clock, in milliseconds since the epoch. */
  readonly startedWallMs: number
  /** The data of each payload in base64, by its key. */
  readonly memo: Readonly<Record<string, string>>
  readonly searchAttributes: Readonly<Record<string, string>>
}

/** @param runId the newest run of the workflow if it is left out @returns undefined if the service knows none */
export async function describeExecution(
  observer: Observer,
  execution: { readonly workflowId: string; readonly runId?: string },
  deadline: Deadline,
): Promise<Execution | undefined> {
  const { client, namespace } = observer
  return retryThroughOutage(observer, deadline, `the description of ${execution.workflowId}`, async () => {
    try {
      const { workflowExecutionInfo: info } = await client.workflowService.describeWorkflowExecution({
        namespace,
        execution,
      })
      return info ? executionOf(info) : undefined
    } catch (thrown) {
      if (isNotFound(thrown)) return undefined
      throw thrown
    }
  })
}

/** So many ids go into one query. */
const idsAtOnce = 50

/** Every execution that visibility lists under one of these workflow ids. */
export async function listExecutions(
  observer: Observer,
  workflowIds: readonly string[],
  deadline: Deadline,
): Promise<Execution[]> {
  const { client, namespace } = observer
  const found: Execution[] = []
  for (let at = 0; at < workflowIds.length; at += idsAtOnce) {
    const ids = workflowIds.slice(at, at + idsAtOnce).map((id) => `'${id.replaceAll("'", "''")}'`)
    const query = `WorkflowId IN (${ids.join(', ')})`
    let nextPageToken: Uint8Array | undefined
    do {
      const page = await retryThroughOutage(observer, deadline, 'the list of workflows', () =>
        client.workflowService.listWorkflowExecutions({
          namespace,
          query,
          pageSize: 200,
          ...(nextPageToken === undefined ? {} : { nextPageToken }),
        }),
      )
      found.push(...page.executions.map(executionOf))
      nextPageToken = page.nextPageToken.length === 0 ? undefined : page.nextPageToken
    } while (nextPageToken !== undefined)
  }
  return found
}

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo

function executionOf({ execution, status, startTime, memo, searchAttributes }: Info): Execution {
  const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1
  return {
    workflowId: execution?.workflowId ?? '',
    runId: execution?.runId ?? '',
    status: (WorkflowExecutionStatus[status ?? 0] ?? '').replace('WORKFLOW_EXECUTION_STATUS_', ''),
    startedWallMs: Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1_000_000,
    memo: dataOf(memo?.fields),
    searchAttributes: dataOf(searchAttributes?.indexedFields),
  }
}

function dataOf(fields: Record<string, Payload> | null | undefined): Record<string, string> {
  const entries = Object.entries(fields ?? {})
  return Object.fromEntries(
    entries.map(([key, { data }]) => [key, Buffer.from(data ?? new Uint8Array()).toString('base64')]),
  )
}
