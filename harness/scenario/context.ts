// The actions of a scenario. Every call is a numbered step on the run's timeline.
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'
import type { Fault } from '../faults/fault.ts'
import type { TerminateOptions } from '../faults/terminate-worker.ts'
import type { Moment } from '../moments/moment.ts'
import type { Profile } from '../config/profiles.ts'
import type { Effect } from '../record/effect.ts'
import type { Worker } from '../worker/worker.ts'
import type { Choose } from './choose.ts'
import type { Expectation } from './expectation.ts'
import type { Workload } from './workload.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Service } from '../cluster/service.ts'
import type { Outcome } from '../record/timeline/outcome.ts'

export interface RestartOptions {
  /** How long the supervisor takes to restart the worker, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface HealOptions {
  /** How long the fault lasts before the heal, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface StartOptions extends HealOptions {
  /**
   * The least time from the fault until the service serves again, in milliseconds. The start begins earlier
   * by the shortest start seen so far, or at once if starting takes longer. The report has the real time.
   */
  readonly outageMs?: number
}

export interface ScenarioWorker {
  /** The worker itself, for your own faults. */
  readonly handle: Worker
  /** Sends SIGKILL to the newest incarnation. Resolves once its exit was observed. */
  kill(): Promise<void>
  /** Sends SIGTERM and lets the worker finish its tasks. Resolves once its exit was observed. */
  terminate(options?: TerminateOptions): Promise<void>
  /** Sends SIGSTOP. Resolves once the kernel shows the stop. The pause ends with `resume` or the run. */
  pause(): Promise<void>
  /** Ends the newest pause of any incarnation. */
  resume(): Promise<void>
  /**
   * Begins a rolling deployment: starts the next incarnation while this one runs. Resolves once both poll.
   */
  startNext(): Promise<void>
  /** Ends a rolling deployment: terminates the previous incarnation, as `terminate` does. */
  drainPrevious(options?: Pick<TerminateOptions, 'graceMs'>): Promise<void>
  /** Starts the next incarnation. Resolves once the service lists it as a poller. */
  restart(options?: RestartOptions): Promise<void>
}

export interface ScenarioService {
  /** The service itself, for your own faults. */
  readonly handle: Service
  /** Sends SIGKILL to all its processes. Resolves once their end was observed. */
  kill(): Promise<void>
  /** A clean stop, with SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<void>
  /** Freezes all its processes. Resolves once that was observed. The pause ends with `resume` or the run. */
  pause(): Promise<void>
  /** Ends the pause. */
  resume(options?: HealOptions): Promise<void>
  /**
   * Disconnects the service from its network while it keeps running. Ends with `reconnect` or the run. The
   * scenario must declare `needs: ['disconnect']`, since not every cluster can do this.
   */
  disconnect(): Promise<void>
  /** Connects it to the network again. Resolves once it serves. */
  reconnect(options?: HealOptions): Promise<void>
  /** Starts it on the same ports and data. Resolves once it serves. */
  start(options?: StartOptions): Promise<void>
}

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
  signal<Args extends unknown[]>(definition: SignalDefinition<Args>, ...args: Args): Promise<Answer<void>>
  /** Resolves once the update is done. Retries during an outage still make one update. */
  update<Result, Args extends unknown[]>(
    definition: UpdateDefinition<Result, Args>,
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
  query<Answer>(definition: QueryDefinition<Answer>): Promise<Answer>
}

/** Adds a numbered step to the timeline and runs its work. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface StartWorkflowOptions {
  /** One of the task queues of the scenario's `workers`. @default the first that a worker polls for workflows */
  readonly taskQueue?: string
}

/** `WorkerName`: the names of the scenario's `workers`. */
export interface ScenarioContext<WorkerName extends string = string> {
  /** The first of `workers`, and the only one if the scenario declares none. */
  readonly worker: ScenarioWorker
  /** The run's own workers by name, up and polling when the scenario begins. */
  readonly workers: Readonly<Record<WorkerName, ScenarioWorker>>
  /** The cluster's services, only for scenarios with `isolation: 'own-cluster'`. */
  readonly server: ScenarioService
  readonly postgres: ScenarioService
  readonly choose: Choose
  readonly profile: Profile
  /**
   * Starts a workflow on a task queue of the run's own.
   * @throws UsageError `CHAOS_TASK_QUEUE_UNKNOWN` if no worker of the scenario polls that for workflows
   */
  start<Input extends object, Result>(
    workload: Workload<Input, Result>,
    input: Input,
    options?: StartWorkflowOptions,
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
