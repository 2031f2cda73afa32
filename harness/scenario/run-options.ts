// The inputs of running a scenario: the run's own workers and workflows, and its cluster.
import type { Deadline } from '../core/deadline.ts'
import type { Profile } from '../config/profiles.ts'
import type { Observer } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { RunWorkers } from '../worker/run-workers.ts'
import type { Ledger } from '../effects/ledger.ts'
import type { Choose } from './choose.ts'
import type { FaultPermit } from './fault-permit.ts'
import type { Scenario } from './scenario.ts'
import type { Workflows } from './workflows.ts'

export interface ScenarioRunOptions {
  readonly scenario: Scenario
  readonly cluster: Cluster
  readonly observer: Observer
  readonly workers: RunWorkers
  readonly ledger: Ledger
  readonly workflows: Workflows
  readonly recorder: RunRecorder
  readonly profile: Profile
  readonly choose: Choose
  readonly deadline: Deadline
  /** Called when a step begins. */
  readonly onStep: (name: string) => void
  /** Observes once a fault has struck, and once one is healed. Its errors are on the timeline. */
  readonly lookBetween: (when: 'struck' | 'healed') => Promise<void>
  /** Given back once every faulted target is up again. */
  readonly permit: FaultPermit
}
