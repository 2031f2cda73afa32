// The workflows of one run: started on its own task queues, and followed from their first event.
import type { Deadline, Waiting } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import type { Profile } from '../config/profiles.ts'
import { followHistory, HistoryCapture, type CaptureListener } from '../temporal/history-capture.ts'
import { startedBy, nextRunId } from '../history/chain.ts'
import { isClosing, textAttribute, type HistoryEvent } from '../history/event.ts'
import { retryThroughOutage, type Observer } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { EntryOf } from '../record/timeline.ts'
import { pendingBecause } from '../analysis/pending.ts'
import { Messages } from './messages.ts'
import { queriesOf } from './query.ts'
import { startOnce } from '../temporal/start-once.ts'
import type { ScenarioWorkflow, StartWorkflowOptions, Step } from './context.ts'
import { argumentsOf, type Workload } from './workload.ts'
import { workloadPromises, type OnPromised } from './workload-promises.ts'
import { pendingWorkNow } from '../temporal/pending-work.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

export interface WorkflowsOptions {
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** First part of the ids of its workflows. */
  readonly runQueue: string
  /** The queue that this name of the scenario's stands for; without a name the run's default one. */
  readonly queueFor: (name?: string) => string
  readonly profile: Profile
  readonly deadline: Deadline
  /** Told of effects before anything can cause them. */
  readonly onPromised: OnPromised
  /** @default followHistory */
  readonly follow?: typeof followHistory
}

export interface WorkloadStartOptions extends StartWorkflowOptions {
  /** @default 'scenario' */
  readonly origin?: 'scenario' | 'probe'
  readonly queue?: string // the full name of its task queue, instead of `taskQueue`
}

export class Workflows implements AsyncDisposable {
  readonly #options: WorkflowsOptions
  readonly #captures: HistoryCapture[] = []
  readonly #following: Promise<void>[] = []
  readonly #ended = new AbortController()
  readonly #counts = new Map<string, number>()

  constructor(options: WorkflowsOptions) {
    this.#options = options
  }

  /** The runs known so far: those that the scenario started, and all that followed from them. */
  get runs(): WorkflowRun[] {
    return this.#captures.map(({ run }) => run)
  }

  /** The known runs that are not closed as far as is known. */
  get openRuns(): WorkflowRun[] {
    return this.#openCaptures.map(({ run }) => run)
  }

  /** Those of the open runs whose workflow tasks go to one of these queues, as far as their queue is known. */
  openRunsOn(queues: readonly string[]): WorkflowRun[] {
    return this.#openCaptures
      .filter(({ events }) => {
        const [started] = events
        const queue = started === undefined ? undefined : textAttribute(started, 'taskQueue', 'name')
        return queue === undefined || queues.includes(queue)
      })
      .map(({ run }) => run)
  }

  get #openCaptures(): HistoryCapture[] {
    return this.#captures.filter(isOpen)
  }

  captureOf({ runId }: WorkflowRun): HistoryCapture {
    const capture = this.#captures.find(({ run }) => run.runId === runId)
    if (capture !== undefined) return capture
    throw new ChaosError(`workflow run ${runId} is not of this scenario`, {
      code: 'CHAOS_UNKNOWN_WORKFLOW',
    })
  }

  async start<Input extends object, Result>(
    workload: Workload<Input, Result>,
    input: Input,
    step: Step,
    { origin = 'scenario', taskQueue: name, queue }: WorkloadStartOptions = {},
  ): Promise<ScenarioWorkflow> {
    const { observer, recorder, runQueue, profile, deadline, onPromised } = this.#options
    const taskQueue = queue ?? this.#options.queueFor(name)
    const nth = (this.#counts.get(workload.workflow) ?? 0) + 1
    this.#counts.set(workload.workflow, nth)
    const workflowId = `${runQueue}-${workload.workflow}-${nth}`
    const handle = observer.client.workflow.getHandle(workflowId)
    const promises = workloadPromises(workload, onPromised)
    const golden = promises.golden({ workflowId, input })
    const runId = await retryThroughOutage(observer, deadline, `the start of ${workflowId}`, () =>
      startOnce(observer, workload.workflow, {
        taskQueue,
        workflowId,
        args: argumentsOf(workload, { workflowId, input }, profile),
        ...workload.options,
        ...profile.start,
      }),
    )
    const run = { workflowId, runId }
    const capture = this.#follow({ ...run, workflow: workload.workflow, origin, fromRunId: null, golden })
    const messages = new Messages({ observer, recorder, deadline, run, step, effectsOf: promises.effectsOf })
    return {
      ...run,
      ...messages.from('scenario'),
      from: (sender) => messages.from(sender),
      current: () => this.#lastOf(capture).run,
      completes: (...expected) =>
        step(`await ${workflowId}`, async () => {
          const outcomes = promises.outcomes(expected)
          if (outcomes.length > 0) recorder.mark({ kind: 'expected', ...run, outcomes })
          recorder.mark({ kind: 'awaited', subject: `${workflowId} to close`, ...run })
          await this.#closed(capture)
        }),
      query: queriesOf({
        recorder,
        step,
        run: () => this.#lastOf(capture).run,
        ask: (name, query, args) =>
          retryThroughOutage(observer, deadline, name, () => handle.query(query, ...args)),
      }),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    // A history that ends may have started another one.
    for (const following of this.#following) await following
  }

  /** Captures a run from now on, and every run that follows from it. */
  #follow(begun: Omit<EntryOf<'workflow'>, 'kind' | 'atMs'>): HistoryCapture {
    const { observer, recorder, follow = followHistory } = this.#options
    const run = { workflowId: begun.workflowId, runId: begun.runId }
    recorder.mark({ kind: 'workflow', ...begun })
    const capture = new HistoryCapture(run)
    const listener: CaptureListener = {
      event: (of, event) => {
        recorder.capture({ ...of, event })
        const next = startedBy(of, event)
        if (next === undefined || this.#knows(next)) return
        const { workflow = begun.workflow, ...rest } = next
        this.#follow({ ...rest, workflow, fromRunId: of.runId, golden: null })
      },
      gap: ({ workflowId }, message) => recorder.mark({ kind: 'observer-gap', workflowId, message }),
    }
    this.#captures.push(capture)
    this.#following.push(follow(observer, capture, listener, this.#ended.signal))
    return capture
  }

  #knows({ runId }: WorkflowRun): boolean {
    return this.#captures.some(({ run }) => run.runId === runId)
  }

  /** The last known run of the chain. */
  #lastOf(capture: HistoryCapture): HistoryCapture {
    const closing = capture.events.find(isClosing)
    const next = closing === undefined ? undefined : nextRunId(closing)
    const following = this.#captures.find(({ run }) => run.runId === next)
    return following === undefined ? capture : this.#lastOf(following)
  }

  async #closed(capture: HistoryCapture): Promise<void> {
    const closing = await this.orPending(capture, (events) => events.find(isClosing), {
      what: `${capture.run.workflowId} to close`,
      code: 'CHAOS_WORKFLOW_OPEN',
      kind: 'unmet',
    })
    if (nextRunId(closing) === undefined) return
    await this.#closed(this.#lastOf(capture))
  }

  /** Waits until `find` finds something. @throws ChaosError by `waiting`, and why the workflow is pending */
  async orPending<T>(
    capture: HistoryCapture,
    find: (events: HistoryEvent[]) => T | undefined,
    waiting: Waiting,
  ): Promise<T> {
    try {
      return await capture.until(find, this.#options.deadline, waiting)
    } catch (thrown) {
      if (!(thrown instanceof ChaosError) || thrown.code !== waiting.code || !isOpen(capture)) throw thrown
      const pending = await pendingWorkNow(this.#options.observer, capture.run)
      const why = pendingBecause(capture.events, Date.now(), pending)
      throw new ChaosError(`${thrown.message}; pending because ${why}`, { ...waiting, cause: thrown })
    }
  }
}

const isOpen = ({ events }: HistoryCapture) => !events.some(isClosing)
