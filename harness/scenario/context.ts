// The actions of a scenario. Every call is a numbered step on the run's timeline.
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'
import type { Fault } from '../faults/fault.ts'
import type { Moment } from '../moments/moment.ts'
import type { Profile } from '../config/profiles.ts'
import type { Effect } from '../record/effect.ts'
import type { Choose } from './choose.ts'
import type { Expectation } from './expectation.ts'
import type { ScenarioService, ScenarioWorker } from './targets.ts'
import type { DeclaredWorkload, Workload } from './workload.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Outcome } from '../record/timeline/outcome.ts'

/** The service's answer to a message. Having none by the run's deadline is an error. */
export type Answer<T> =
  | { readonly answer: 'accepted'; readonly value: T }
  /** The workflow was closed, or its validator rejected the update. */
  | { readonly answer: 'rejected'; readonly reason: string }
  /** The update was accepted, then its handler failed: it may have done part of its work. */
  | { readonly answer: 'failed'; readonly reason: string }

/** Sends messages to a workflow one after the other: each leaves once the previous one was answered. */
export interface Sender {
  /** Resolves once the service has answered. Retries during an outage still make one signal. */
  signal<Args extends unknown[]>(
    definition: SignalDefinition<Args> | string,
    ...args: Args
  ): Promise<Answer<void>>
  /** Resolves once the update is done. Retries during an outage still make one update. */
  update<Result, Args extends unknown[]>(
    definition: UpdateDefinition<Result, Args> | string,
    ...args: Args
  ): Promise<Answer<Result>>
}

export interface ScenarioWorkflow extends WorkflowRun, Sender {
  /** Another sender, with its own name and its own order of messages. */
  from(sender: string): Sender
  /** The newest known run of the chain: pass it to moments of a workflow that continued as new. */
  current(): WorkflowRun
  /**
   * Waits until the last run of the workflow's chain is closed, with any outcome; checks judge the outcome.
   * @param outcomes the allowed outcomes; by default, those of its workload
   * @throws ChaosError `CHAOS_WORKFLOW_OPEN` (kind unmet) at the run's deadline, with the reason why it is
   *   pending
   */
  completes(...outcomes: readonly Outcome[]): Promise<void>
  /** Any running worker on its task queue may answer. */
  query<Answer, Args extends unknown[]>(
    definition: QueryDefinition<Answer, Args> | string,
    ...args: Args
  ): Promise<Answer>
}

/** Adds a numbered step to the timeline and runs its work. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface StartWorkflowOptions {
  /** One of the task queues of the scenario's `workers`. @default the first that a worker polls for workflows */
  readonly taskQueue?: string
}

/** The input may be left out if nothing in it must be there. */
export type StartArguments<Input extends object> = object extends Input
  ? [input?: Input, options?: StartWorkflowOptions]
  : [input: Input, options?: StartWorkflowOptions]

/** `WorkerName`, `WorkloadName`: the names of the scenario's workers, and of a project's workloads. */
export interface ScenarioContext<WorkerName extends string = string, WorkloadName extends string = string> {
  /** The first of `workers`, and the only one if the scenario declares none. */
  readonly worker: ScenarioWorker
  /** The run's own workers by name, up and polling when the scenario begins. */
  readonly workers: Readonly<Record<WorkerName, ScenarioWorker>>
  /** The workloads of the project's chaos.config, by name, for `start`. There are none without one. */
  readonly workloads: Readonly<Record<WorkloadName, DeclaredWorkload>>
  /** The cluster's services, only for scenarios with `isolation: 'own-cluster'`. */
  readonly server: ScenarioService
  readonly postgres: ScenarioService
  readonly choose: Choose
  readonly profile: Profile
  /**
   * Starts a workflow on a task queue of the run's own. One of `workloads` is started as the chaos.config says, and is
   * sent its messages in the background: `start(workloads.order)`, or `start(workloads.order, { messages: false })`.
   * @throws UsageError `CHAOS_TASK_QUEUE_UNKNOWN` if no worker of the scenario polls that for workflows
   */
  start<Input extends object, Result>(
    workload: Workload<Input, Result>,
    ...given: StartArguments<Input>
  ): Promise<ScenarioWorkflow>
  /**
   * Waits for a moment.
   * @throws ChaosError `CHAOS_MOMENT_NOT_REACHED` (kind unmet), naming the moment. If the wait began before any fault,
   *   the promise is untested; after a fault it is broken. `CHAOS_MOMENT_PASSED` (kind unmet) if an activity was over
   *   before anything could show that it ran: the promise is untested
   */
  reach(moment: Moment): Promise<void>
  /**
   * Claims that a lasting moment still lasts now. The server's own timestamps in the final history must prove
   * it.
   * @throws ChaosError `CHAOS_MOMENT_NOT_HELD` (kind unmet) if it has already ended
   */
  stillIn(moment: Moment): Promise<void>
  /**
   * Marks work that runs during the next steps, such as signals while the server dies. The scenario's end
   * awaits it. Without this call, work that fails before the scenario awaits it is an uncaught error and ends
   * the whole campaign.
   * @returns the same promise
   */
  background<T>(work: Promise<T>): Promise<T>
  /**
   * Makes the server skip this much time for the workflow: its timers fire at their virtual due times, and
   * the report marks the time as virtual. Resolves once the server has recorded the skip.
   */
  skipTime(workflow: ScenarioWorkflow, durationMs: number): Promise<void>
  /** The effect that the ledger accepted under this key; undefined if there is none. */
  effectOf(key: string): Effect | undefined
  /**
   * Records an expectation beyond those that every run is judged by. If it is not met, the promise is broken.
   * @param seen whether the sentence is true; or two values that must be deeply equal as JSON, so that the
   *   report can show both
   */
  expectThat(sentence: string, seen: boolean | Expectation): void
  /**
   * Injects a fault, built-in or your own. The run heals it at its end. The methods of `worker`, `server` and
   * `postgres` do the same; a worker that dies by your own fault is treated like a killed one.
   * @throws ChaosError `CHAOS_FAULT_UNAVAILABLE`, `CHAOS_FAULT_UNPROVEN`; UsageError `CHAOS_FAULT_INVALID`
   */
  inject(fault: Fault): Promise<void>
  /**
   * Heals a fault of your own before the end of the run. Resolves once its target is seen to serve: probes follow,
   * and recovery is counted from there.
   */
  heal(fault: Fault): Promise<void>
}
