// Signals and updates of a scenario. Each has its own id, so that a retry after a lost answer is still one
// message. Each is sent only once the sender's previous message was answered.
import { randomUUID } from 'node:crypto'
import { WorkflowUpdateFailedError } from '@temporalio/client'
import { WorkflowNotFoundError, type UpdateDefinition } from '@temporalio/common'
import type { Deadline } from '../core/deadline.ts'
import { messageOf } from '../core/errors.ts'
import { nextRunId } from '../history/chain.ts'
import { fetchHistory } from '../temporal/history-capture.ts'
import { isNotFound, retryThroughOutage, type Observer } from '../temporal/observer.ts'
import { encodePayloads, isUnreadable } from '../temporal/payloads.ts'
import type { ExpectedEffect } from '../record/expected-effect.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Sender, Step } from './context.ts'
import { messageName } from './message-name.ts'
import { isNeverAnswered, unanswered } from './unanswered.ts'
import type { SentMessage } from './workload.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import { messageIdOf } from '../history/message-id.ts'

export interface MessagesOptions {
  readonly observer: Observer
  readonly recorder: RunRecorder
  readonly deadline: Deadline
  readonly run: WorkflowRun
  readonly effectsOf: (sent: SentMessage) => readonly ExpectedEffect[]
  readonly step: Step
}

interface Message {
  readonly what: 'signal' | 'update'
  readonly name: string
  readonly args: readonly unknown[]
}

/** Messages to one workflow, always to the current run of its chain. */
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
        this.#send(sender, { what: 'signal', name: messageName(definition), args }, async (messageId) => {
          await observer.client.workflowService.signalWorkflowExecution({
            namespace: observer.namespace,
            workflowExecution: { workflowId: run.workflowId },
            signalName: messageName(definition),
            input: { payloads: await encodePayloads(observer, run, args) },
            // The server drops a second signal with the same id.
            requestId: messageId,
            identity: sender,
          })
        }),
      update: <Result, Args extends unknown[]>(
        definition: UpdateDefinition<Result, Args> | string,
        ...args: Args
      ) =>
        this.#send(sender, { what: 'update', name: messageName(definition), args }, (updateId) =>
          observer.client.workflow
            .getHandle(run.workflowId)
            // The type requires a first argument; at run time there may be none.
            .executeUpdate<Result, [unknown, ...unknown[]]>(messageName(definition), {
              args: args as unknown as [unknown, ...unknown[]],
              updateId,
            }),
        ),
    }
  }

  /** Sends the message once the sender's previous one was answered, with whatever result. */
  async #send<T>(sender: string, message: Message, call: (messageId: string) => Promise<T>) {
    const number = (this.#counts.get(sender) ?? 0) + 1
    this.#counts.set(sender, number)
    const before = this.#last.get(sender) ?? Promise.resolve()
    const sending = before.then(() => this.#sendNow(sender, number, message, call))
    this.#last.set(
      sender,
      sending.catch(() => {}), // the sender gets the error; the next message only waits for the end
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
        if (isUnreadable(thrown) && (await this.#isInHistory(messageId))) {
          recorder.mark({ kind: 'answered', messageId, answer: 'accepted', detail: messageOf(thrown) })
          return { answer: 'accepted', value: undefined as T } as const
        }
        if (isNeverAnswered(thrown)) throw unanswered(`the ${title}`, thrown)
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
   * Whether some run of the chain has accepted the message. The client throws the same error if a validator
   * rejected an update and if its handler failed. Only a failed one is in the history, before the client is
   * told.
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

/** The service's refusal: a closed workflow, a rejected update, a failed update. An outage is none. */
function isRefusal(thrown: unknown): boolean {
  if (thrown instanceof WorkflowNotFoundError || thrown instanceof WorkflowUpdateFailedError) return true
  return isNotFound(thrown)
}
