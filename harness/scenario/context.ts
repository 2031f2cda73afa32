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
  /** How long whoever watches over it takes to start it again, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface HealOptions {
  /** How long it stays as it is before that, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface StartOptions extends HealOptions {
  /**
   * How long clients shall have been without it when it serves, at the least, counted from the strike, in milliseconds: it
   * is started so much earlier as its shortest start took, and at once where that is longer. What it came to is in the report.
   */
  readonly outageMs?: number
}

export interface ScenarioWorker {
  /** The worker itself, for faults of one's own. */
  readonly handle: Worker
  /** SIGKILL; done when its exit was observed. */
  kill(): Promise<void>
  /** SIGTERM, and time to drain; done when its exit was observed. */
  terminate(options?: TerminateOptions): Promise<void>
  /** SIGSTOP; done when the kernel shows it stopped. Ends with `resume` or the run. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** A rolling deployment begins: the next incarnation is started beside this one; done when it polls too. */
  startReplacement(): Promise<void>
  /** It goes on: SIGTERM to the incarnation before the newest, and time to drain; done when its exit was observed. */
  drainPrevious(options?: Pick<TerminateOptions, 'graceMs'>): Promise<void>
  /** Starts the next incarnation; done when the service lists it as a poller. */
  restart(options?: RestartOptions): Promise<void>
}

export interface ScenarioService {
  /** The service itself, for faults of one's own. */
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
   * Takes it off the network; it goes on running. Ends with `reconnect` or the run. A scenario says that it
   * `needs` this, since not every cluster can.
   */
  disconnect(): Promise<void>
  /** Puts it back on the network; done when it serves. */
  reconnect(options?: HealOptions): Promise<void>
  /** Starts it on the same ports and data; done when it serves. */
  start(options?: StartOptions): Promise<void>
}

/** The service's answer to a message: no answer at all is an error at the run's deadline. */
export type Answer<T> =
  | { readonly answer: 'accepted'; readonly value: T }
  /** The workflow was closed, or its validator refused. */
  | { readonly answer: 'rejected'; readonly reason: string }
  /** An update that was accepted, and whose handler then failed: part of what it asked for may have been done. */
  | { readonly answer: 'failed'; readonly reason: string }

/** Somebody who sends messages to a workflow, one after the other: each leaves once the one before was answered. */
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
  /** A sender of its own name, beside the scenario's own. */
  from(sender: string): Sender
  /** The newest run of the chain that is known: what moments of a workflow that continued as new are about. */
  current(): WorkflowRun
  /**
   * Waits until the last run of the workflow's chain is closed, whatever it came to: checks judge that.
   * @param outcomes any one of which it must have come to; those of its workload where none is given
   * @throws ChaosError `CHAOS_WORKFLOW_OPEN` (kind liveness) at the run's deadline, saying what it is pending on
   */
  completes(...outcomes: readonly Outcome[]): Promise<void>
  /** Asks the workflow, through whichever worker is there to answer. */
  query<Answer>(definition: QueryDefinition<Answer>): Promise<Answer>
}

/** Puts a numbered step on the timeline and does its work. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface ScenarioContext {
  /** The run's own worker, up and polling when the scenario begins. */
  readonly worker: ScenarioWorker
  /** The cluster's services; only where the scenario says that it strikes the cluster. */
  readonly server: ScenarioService
  readonly postgres: ScenarioService
  readonly choose: Choose
  /** The settings that the run is under. */
  readonly profile: Profile
  /** Starts a workflow on the run's own task queue. */
  start<Input extends object, Result>(
    workload: Workload<Input, Result>,
    input: Input,
  ): Promise<ScenarioWorkflow>
  /**
   * Waits for a moment.
   * @throws ChaosError `CHAOS_MOMENT_NOT_REACHED`, naming what it waited for: of kind assumption before a fault,
   *   of kind liveness after one
   */
  reach(moment: Moment): Promise<void>
  /**
   * Claims that a lasting moment still lasts now. Judged by the server's own timestamps in the final history.
   * @throws ChaosError `CHAOS_MOMENT_NOT_HELD` (kind assumption) where it is over already
   */
  stillIn(moment: Moment): Promise<void>
  /**
   * Work that goes on beside what the scenario does next, as signals do while the server dies: the same promise, to be awaited
   * where its end matters, and at the scenario's end anyway. Without this, work that fails before it is awaited is an error
   * that nobody caught, which ends the whole campaign.
   */
  background<T>(work: Promise<T>): Promise<T>
  /**
   * The server skips this much time for the workflow, for real: its timers fire at their virtual due times, and the
   * report says that the time was virtual. Done when the server has recorded it.
   */
  skipTime(workflow: ScenarioWorkflow, durationMs: number): Promise<void>
  /** What the ledger has accepted under this key; undefined where nothing was. */
  effectOf(key: string): Effect | undefined
  /**
   * Records what must be so besides what every run is judged by. If it is not, the promise is broken.
   * @param seen whether the sentence is so; or two values that must be equal in depth, as JSON holds them, so that the
   *   report can show both
   */
  expectThat(sentence: string, seen: boolean | Expectation): void
  /** Injects a fault; it is healed at the end of the run. @throws ChaosError `CHAOS_FAULT_UNAVAILABLE`, `CHAOS_FAULT_UNPROVEN` */
  inject(fault: Fault): Promise<void>
}
