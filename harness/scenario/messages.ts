// Signals and updates of a scenario: each leaves under an id of its own, so that a try whose answer was lost can be made
// again and is still one message, and each leaves only once the one before it of its sender was answered.
import { randomUUID } from 'node:crypto'
import { WorkflowUpdateFailedError } from '@temporalio/client'
import { defaultPayloadConverter, WorkflowNotFoundError, type UpdateDefinition } from '@temporalio/common'
import { toPayloads } from '@temporalio/common/lib/converter/payload-converter.js'
import type { Deadline } from '../core/deadline.ts'
import { messageOf } from '../core/errors.ts'
import { nextRunId } from '../history/chain.ts'
import { fetchHistory } from '../temporal/history-capture.ts'
import { isNotFound, retryThroughOutage, type Observer } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Sender, Step } from './context.ts'
import type { SentMessage } from './workload.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import { messageIdOf } from '../history/message-id.ts'

export interface MessagesOptions {
  readonly observer: Observer
  readonly recorder: RunRecorder
  readonly deadline: Deadline
  readonly run: WorkflowRun
  readonly effectsOf: (sent: SentMessage) => readonly string[]
  readonly step: Step
}

interface Message {
  readonly what: 'signal' | 'update'
  readonly name: string
  readonly args: readonly unknown[]
}

/** Messages to one workflow, to whichever run of its chain is the current one. */
export class Messages {
  readonly #options: MessagesOptions
  readonly #last = new Map<string, Promise<unknown>>()
  readonly #counts = new Map<string, number>()

  constructor(options: MessagesOptions) {
    this.#options = options
  }

  from(sender: string): Sender {
    const { observer, run } = this.#options
    return {
      signal: (definition, ...args) =>
        this.#send(sender, { what: 'signal', name: definition.name, args }, async (messageId) => {
          await observer.client.workflowService.signalWorkflowExecution({
            namespace: observer.namespace,
            workflowExecution: { workflowId: run.workflowId },
            signalName: definition.name,
            input: { payloads: toPayloads(defaultPayloadConverter, ...args) ?? null },
            // By this the server knows a signal that comes a second time.
            requestId: messageId,
            identity: sender,
          })
        }),
      update: <Result, Args extends unknown[]>(definition: UpdateDefinition<Result, Args>, ...args: Args) =>
        this.#send(sender, { what: 'update', name: definition.name, args }, (updateId) =>
          observer.client.workflow
            .getHandle(run.workflowId)
            // Its type has arguments from the first one on; at run time there may be none.
            .executeUpdate<Result, [unknown, ...unknown[]]>(definition.name, {
              args: args as unknown as [unknown, ...unknown[]],
              updateId,
            }),
        ),
    }
  }

  /** In its turn: once the sender's message before was answered, however that ended. */
  async #send<T>(sender: string, message: Message, call: (messageId: string) => Promise<T>) {
    const number = (this.#counts.get(sender) ?? 0) + 1
    this.#counts.set(sender, number)
    const before = this.#last.get(sender) ?? Promise.resolve()
    const sending = before.then(() => this.#sendNow(sender, number, message, call))
    this.#last.set(
      sender,
      sending.catch(() => {}), // whoever sent it is told; the next message only waits for it to be over
    )
    return sending
  }

  async #sendNow<T>(
    sender: string,
    number: number,
    { what, name, args }: Message,
    call: (messageId: string) => Promise<T>,
  ) {
    const { observer, recorder, deadline, run, effectsOf, step } = this.#options
    const title = `${what} ${name} of ${run.workflowId} by ${sender} #${number}`
    return step(title, async () => {
      const messageId = randomUUID()
      const effects = [...effectsOf({ workflowId: run.workflowId, name, args })]
      recorder.mark({ kind: 'sent', messageId, what, name, sender, number, ...run, effects })
      try {
        const answer = await retryThroughOutage(observer, deadline, title, () => call(messageId))
        recorder.mark({ kind: 'answered', messageId, answer: 'accepted' })
        return { answer: 'accepted', value: answer } as const
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown
        const hasFailed = thrown instanceof WorkflowUpdateFailedError && (await this.#isInHistory(messageId))
        const answer = hasFailed ? 'failed' : 'rejected'
        const reason = messageOf(thrown)
        recorder.mark({ kind: 'answered', messageId, answer, detail: reason })
        return { answer, reason } as const
      }
    })
  }

  /**
   * Whether some run of the chain has accepted it. The client throws the same error where a validator refused an update
   * and where its handler failed; only the latter is in the history, and it is there before the client is told.
   */
  async #isInHistory(messageId: string, runId = this.#options.run.runId): Promise<boolean> {
    const { observer, deadline, run } = this.#options
    const { workflowId } = run
    const events = await retryThroughOutage(observer, deadline, `the history of ${workflowId}`, (signal) =>
      fetchHistory(observer, { workflowId, runId }, signal),
    )
    if (events.some((event) => messageIdOf(event) === messageId)) return true
    const next = events.map(nextRunId).find((one) => one !== undefined)
    return next !== undefined && this.#isInHistory(messageId, next)
  }
}

/** The service's own no: a closed workflow, a validator that refused, an update that failed. Not an outage. */
function isRefusal(thrown: unknown): boolean {
  if (thrown instanceof WorkflowNotFoundError || thrown instanceof WorkflowUpdateFailedError) return true
  return isNotFound(thrown)
}
