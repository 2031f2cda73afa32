// What an observation is: one kind of fact that is collected for the record after the scenario is over.
import type { DatabaseReader } from '../cluster/database-reader.ts'
import type { RunClock } from '../core/clock.ts'
import type { Deadline } from '../core/deadline.ts'
import type { TableReader } from '../effects/rows/table-reader.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Resource } from '../record/resource.ts'
import type { Observer } from '../temporal/observer.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import type { ReplayedHistory, Replayer } from '../worker/replay/replayer.ts'

export interface Observation {
  /** Kebab-case; the kind of the entries that it writes. */
  readonly kind: string
  /** Why it cannot be made here, as part of a sentence; null if it can. The record then says so, and checks read that. */
  available(context: ObservationContext): string | null
  /**
   * Notes how things are before the workers start, for what must be the same in the end. It must not fail, nor take long: a
   * run waits for it.
   */
  before?(context: StartContext): Promise<void>
  /**
   * Looks again in the middle of a run, beside the scenario's next steps: once a fault has struck, and once one is healed.
   */
  between?(context: StartContext, when: 'struck' | 'healed'): Promise<void>
  /** It asks nothing of the service, and may take longer: the time that the others have stands still for it. @default false */
  readonly hasOwnTime?: true
  /** Writes what it sees by `context.recorder.observe`. An error is recorded and hides no other observation. */
  observe(context: ObservationContext): Promise<void>
}

/** What there is before the workers of a run start. */
export interface StartContext {
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** The server's dynamic configuration, if it is a file of this machine. */
  readonly dynamicConfigFile: string | null
  /** Queries of a user's own tables; empty if none is declared. */
  readonly tables: readonly TableReader[]
  /** Aborted only if the user interrupts. */
  readonly signal: AbortSignal
}

export interface ObservationContext extends StartContext {
  /** Null if the harness has no access to the cluster's database. */
  readonly database: DatabaseReader | null
  /** Replays histories against the worker's code; null if nothing can replay them. */
  readonly replayer: Pick<Replayer, 'replay'> | null
  /** What the Temporal server has logged since an instant of the wall clock; null if its log cannot be had. */
  readonly serverLogSince: ((sinceMs: number) => Promise<string>) | null
  /** What the run's workers poll. */
  readonly taskQueues: readonly PolledQueue[]
  /** The workflow runs that are known when the scenario is over. */
  readonly runs: readonly WorkflowRun[]
  /** The final histories. The observation `history` comes first and adds them, those of runs found on the way too. */
  readonly histories: ReplayedHistory[]
  readonly clock: RunClock
  /** The server's wall clock at the run's zero. */
  readonly serverZeroMs: number
  /** What each process used of the machine at most. */
  readonly resources: readonly Resource[]
  /** Why the machine's load could not be observed, as part of a sentence; null if it was. */
  readonly machineUnobserved: string | null
  /** For whatever asks the service: it also ends if the cluster dies. */
  readonly deadline: Deadline
  /** For whatever is there after the cluster died, as its log is: aborted only if the user interrupts. */
  readonly signal: AbortSignal
  /** Makes a part of an observation. If it fails, the error is recorded and the other parts go on. */
  part(make: () => Promise<void>): Promise<void>
}

/** For an observation that can be made in every run. */
export function always(): null {
  return null
}
