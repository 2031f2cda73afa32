// Asks a Temporal server by real calls whether it serves: the frontend's `grpc.health` says so long before it
// does.
import { randomUUID } from 'node:crypto'
import { Connection, type WorkflowService } from '@temporalio/client'
import { isAlreadyExists, quickReconnects } from '../../temporal/grpc.ts'
import { msToTs } from '@temporalio/common/lib/time.js'

const callMs = 2_000
/** The resolution of the measured start. */
const channelArgs = quickReconnects(50)

export class TemporalProbe implements AsyncDisposable {
  readonly #connection: Connection

  constructor(address: string) {
    // No interceptors: the client's retries would hide the server's errors.
    this.#connection = Connection.lazy({ address, channelArgs, interceptors: [] })
  }

  async serverVersion(): Promise<string> {
    const { serverVersion } = await this.#call((service) => service.getSystemInfo({}))
    return serverVersion
  }

  async registerNamespace(namespace: string): Promise<void> {
    const workflowExecutionRetentionPeriod = msToTs('24 hours')
    try {
      await this.#call((service) =>
        service.registerNamespace({ namespace, workflowExecutionRetentionPeriod }),
      )
    } catch (thrown) {
      // An earlier attempt made it, and its answer was lost.
      if (!isAlreadyExists(thrown)) throw thrown
    }
  }

  /**
   * Starts a workflow that nobody runs, and terminates it: frontend, history and database do work together.
   */
  async startWorkflow(namespace: string): Promise<void> {
    const workflowId = `temporal-chaos-probe-${randomUUID()}`
    const name = 'temporal-chaos-probe'
    const { runId } = await this.#call((service) =>
      service.startWorkflowExecution({
        namespace,
        workflowId,
        workflowType: { name },
        taskQueue: { name },
        // No task before that: one that nobody takes would stay in its queue for good, one more with each
        // start.
        workflowStartDelay: msToTs('1 hour'),
        requestId: workflowId,
        identity: name,
      }),
    )
    await this.#call((service) =>
      service.terminateWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
        identity: name,
        reason: 'the server serves',
      }),
    )
  }

  /** For a role that has no API of its own: `worker` listens early and answers this once it has started. */
  async checkHealth(): Promise<void> {
    await this.#connection.withDeadline(Date.now() + callMs, () => this.#connection.healthService.check({}))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close()
  }

  #call<T>(call: (service: WorkflowService) => Promise<T>): Promise<T> {
    return this.#connection.withDeadline(Date.now() + callMs, () => call(this.#connection.workflowService))
  }
}
