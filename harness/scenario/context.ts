// What a scenario can say. Every call is a numbered step on the run's timeline.
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
  /** How long its supervisor takes to start it again, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface HealOptions {
  /** How long the fault lasts on before that, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface StartOptions extends HealOptions {
  /**
   * The least time from the fault until the service serves again, in milliseconds. The start begins earlier by the
   * shortest start seen so far, or at once if that takes longer. The report has the real time.
   */
  readonly outageMs?: number
}

export interface ScenarioWorker {
  /** The worker itself, for faults of your own. */
  readonly handle: Worker
  /** SIGKILL to the newest incarnation; done when its exit was observed. */
  kill(): Promise<void>
  /** SIGTERM, and time to finish what it has; done when its exit was observed. */
  terminate(options?: TerminateOptions): Promise<void>
  /** SIGSTOP; done when the kernel shows it stopped. Ends with `resume` or the run. */
  pause(): Promise<void>
  /** Ends the newest freeze, of whichever incarnation. */
  resume(): Promise<void>
  /** Begins a rolling deployment: starts the next incarnation beside this one; done when both poll. */
  startReplacement(): Promise<void>
  /** Ends a rolling deployment: terminates the incarnation before the newest, as `terminate` does. */
  drainPrevious(options?: Pick<TerminateOptions, 'graceMs'>): Promise<void>
  /** Starts the next incarnation; done when the service lists it as a poller. */
  restart(options?: RestartOptions): Promise<void>
}

export interface ScenarioService {
  /** The service itself, for faults of your own. */
  readonly handle: Service
  /** SIGKILL to all of it; done when that was observed. */
  kill(): Promise<void>
  /** A clean stop, SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<void>
  /** Freezes all of it; done when that was observed. Ends with `resume` or the run. */
  pause(): Promise<void>
  /** Ends the freeze. */
  resume(options?: HealOptions): Promise<void>
  /**
   * Takes it off the network; it goes on running. Ends with `reconnect` or the run. The scenario must declare
   * `needs: ['disconnect']`, since not every cluster can do this.
   */
  disconnect(): Promise<void>
  /** Puts it back on the network; done when it serves. */
  reconnect(options?: HealOptions): Promise<void>
  /** Starts it on the same ports and data; done when it serves. */
  start(options?: StartOptions): Promise<void>
}

/** The service's answer to a message. If none comes until the run's deadline, that is an error. */
export type Answer<T> =
  | { readonly answer: 'accepted'; readonly value: T }
  /** The workflow was closed, or its validator refused. */
  | { readonly answer: 'rejected'; readonly reason: string }
  /** The update was accepted, then its handler failed: it may have done a part of its work. */
  | { readonly answer: 'failed'; readonly reason: string }

/** Sends messages to a workflow one after the other: each leaves once the one before was answered. */
export interface Sender {
  /** Done when the service has answered; tried again through an outage, and still one signal. */
  signal<Args extends unknown[]>(definition: SignalDefinition<Args>, ...args: Args): Promise<Answer<void>>
  /** Done when the update is; tried again through an outage, and still one update. */
  update<Result, Args extends unknown[]>(
    definition: UpdateDefinition<Result, Args>,
    ...args: Args
  ): Promise<Answer<Result>>
}

export interface ScenarioWorkflow extends WorkflowRun, Sender {
  /** A sender with a name of its own, beside the scenario's. */
  from(sender: string): Sender
  /** The newest known run of the chain: the run to pass to moments of a workflow that continued as new. */
  current(): WorkflowRun
  /**
   * Waits until the last run of the workflow's chain is closed, with whatever outcome: checks judge that.
   * @param outcomes the workflow must have one of them; by default, one of its workload's
   * @throws ChaosError `CHAOS_WORKFLOW_OPEN` (kind unmet) at the run's deadline, saying what it is pending on
   */
  completes(...outcomes: readonly Outcome[]): Promise<void>
  /** Any worker that is up answers. */
  query<Answer>(definition: QueryDefinition<Answer>): Promise<Answer>
}

/** Puts a numbered step on the timeline and does its work. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface ScenarioContext {
  /** The run's own worker, up and polling when the scenario begins. */
  readonly worker: ScenarioWorker
  /** The cluster's services. Only for scenarios whose runs have a cluster of their own. */
  readonly server: ScenarioService
  readonly postgres: ScenarioService
  readonly choose: Choose
  /** The settings of the run. */
  readonly profile: Profile
  /** Starts a workflow on the run's own task queue. */
  start<Input extends object, Result>(
    workload: Workload<Input, Result>,
    input: Input,
  ): Promise<ScenarioWorkflow>
  /**
   * Waits for a moment.
   * @throws ChaosError `CHAOS_MOMENT_NOT_REACHED` (kind unmet), naming what it waited for. If the wait began before any
   *   fault, the promise is untested; after one it is broken.
   */
  reach(moment: Moment): Promise<void>
  /**
   * Claims that a lasting moment still lasts now. The server's own timestamps in the final history must prove it.
   * @throws ChaosError `CHAOS_MOMENT_NOT_HELD` (kind unmet) if it is over already
   */
  stillIn(moment: Moment): Promise<void>
  /**
   * Work that goes on beside the next steps, such as signals while the server dies. The scenario's end awaits it.
   * Without this call, work that fails before the scenario awaits it is an uncaught error and ends the whole campaign.
   * @returns the same promise
   */
  background<T>(work: Promise<T>): Promise<T>
  /**
   * The server itself skips this much time for the workflow: its timers fire at their virtual due times, and the
   * report says that the time was virtual. Done when the server has recorded the skip.
   */
  skipTime(workflow: ScenarioWorkflow, durationMs: number): Promise<void>
  /** The effect that the ledger accepted under this key; undefined if there is none. */
  effectOf(key: string): Effect | undefined
  /**
   * Records what must be so besides what every run is judged by. If it is not, the promise is broken.
   * @param seen whether the sentence is so; or two values that must be equal in depth, as JSON holds them, so that the
   *   report can show both
   */
  expectThat(sentence: string, seen: boolean | Expectation): void
  /**
   * Injects a fault, of the catalogue or of your own; the run heals it at its end. The methods of `worker`, `server` and
   * `postgres` do the same: a worker that dies by a fault of your own is treated like one that was killed.
   * @throws ChaosError `CHAOS_FAULT_UNAVAILABLE`, `CHAOS_FAULT_UNPROVEN`; UsageError `CHAOS_FAULT_INVALID`
   */
  inject(fault: Fault): Promise<void>
}
