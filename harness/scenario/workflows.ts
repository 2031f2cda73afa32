// The workflows of one run: started on its own task queue, watched from their first event.
import type { Deadline, Waiting } from '../deadline.ts'
import { ChaosError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import {
  followHistory,
  HistoryCapture,
  type CaptureListener,
  type WorkflowRun,
} from '../record/history-capture.ts'
import { isClosing, type HistoryEvent } from '../record/history-event.ts'
import { retrying, type Observer } from '../record/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { pendingBecause } from '../recovery/pending.ts'
import type { Step, StoryWorkflow } from './story.ts'
import type { WorkflowInput, Workload } from './workload.ts'

export interface WorkflowsOptions {
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** Task queue of the run, and first part of its workflow ids. */
  readonly taskQueue: string
  readonly profile: Profile
  readonly deadline: Deadline
  /** @default followHistory */
  readonly follow?: typeof followHistory
}

export class Workflows implements AsyncDisposable {
  readonly #options: WorkflowsOptions
  readonly #captures: HistoryCapture[] = []
  readonly #following: Promise<void>[] = []
  readonly #ended = new AbortController()
  #started = 0

  constructor(options: WorkflowsOptions) {
    this.#options = options
  }

  /** The runs started so far. */
  get runs(): WorkflowRun[] {
    return this.#captures.map(({ run }) => run)
  }

  captureOf({ runId }: WorkflowRun): HistoryCapture {
    const capture = this.#captures.find(({ run }) => run.runId === runId)
    if (capture !== undefined) return capture
    throw new ChaosError(`workflow run ${runId} was not started by this story`, {
      code: 'CHAOS_UNKNOWN_WORKFLOW',
    })
  }

  async start<Input extends object, Result>(
    workload: Workload<Input, Result>,
    input: Input,
    step: Step,
  ): Promise<StoryWorkflow> {
    const { observer, recorder, taskQueue, profile, deadline } = this.#options
    const workflowId = `${taskQueue}-${workload.workflow}-${(this.#started += 1)}`
    const argument: WorkflowInput<Input> = { ...input, activity: profile.activity }
    const handle = await retrying(observer, deadline, `the start of ${workflowId}`, () =>
      observer.client.workflow.start(workload.workflow, {
        taskQueue,
        workflowId,
        args: [argument],
        ...profile.start,
        // A start is tried again where its answer was lost: it must find the workflow, not start another.
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }),
    )
    const run = { workflowId, runId: handle.firstExecutionRunId }
    const golden = workload.golden({ workflowId, input })
    recorder.mark({ kind: 'workflow', ...run, workflow: workload.workflow, golden })
    const capture = this.#follow(run)
    return {
      ...run,
      completes: () => step(`await ${workflowId}`, () => this.#closed(capture)),
      query: (definition) =>
        step(`query ${definition.name} of ${workflowId}`, () =>
          retrying(observer, deadline, `the query ${definition.name} of ${workflowId}`, () =>
            handle.query(definition),
          ),
        ),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    await Promise.all(this.#following)
  }

  #follow(run: WorkflowRun): HistoryCapture {
    const { observer, recorder, follow = followHistory } = this.#options
    const capture = new HistoryCapture(run)
    const listener: CaptureListener = {
      event: (of, event) => recorder.capture({ ...of, event }),
      gap: ({ workflowId }, message) => recorder.mark({ kind: 'observer-gap', workflowId, message }),
    }
    this.#captures.push(capture)
    this.#following.push(follow(observer, capture, listener, this.#ended.signal))
    return capture
  }

  async #closed(capture: HistoryCapture): Promise<void> {
    await this.orPending(capture, (events) => events.find(isClosing), {
      what: `${capture.run.workflowId} to close`,
      code: 'CHAOS_WORKFLOW_OPEN',
      kind: 'liveness',
    })
  }

  /** Waits until `find` finds something. @throws ChaosError as `waiting` says, naming what the workflow is pending on */
  async orPending<T>(
    capture: HistoryCapture,
    find: (events: HistoryEvent[]) => T | undefined,
    waiting: Waiting,
  ): Promise<T> {
    try {
      return await capture.until(find, this.#options.deadline, waiting)
    } catch (thrown) {
      if (!(thrown instanceof ChaosError) || thrown.code !== waiting.code) throw thrown
      const why = pendingBecause(capture.events, Date.now())
      throw new ChaosError(`${thrown.message}; pending because ${why}`, { ...waiting, cause: thrown })
    }
  }
}
