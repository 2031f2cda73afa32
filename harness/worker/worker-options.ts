// What a worker of a run is made of.
import type { Profile } from '../config/profiles.ts'
import type { EffectSender } from '../record/effect.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { ClockOffset } from '../temporal/clock-offset.ts'
import type { Observer } from '../temporal/observer.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import type { Incarnation } from './incarnation.ts'
import type { WorkerLauncher } from './launcher.ts'
import type { StartOrder } from './start-order.ts'
import type { WorkerHost } from './worker-process.ts'

export interface WorkerOptions {
  readonly name: string
  readonly launcher: WorkerLauncher
  readonly host: WorkerHost
  /** It is ready when pollers of its own poll all of these. */
  readonly taskQueues: readonly PolledQueue[]
  /** The ledger's URL for one incarnation of a worker. */
  readonly ledgerUrlFor: (sender: EffectSender) => string
  readonly profile: Profile
  readonly observer: Observer
  readonly recorder: RunRecorder
  /** The task queues that the service has seen somebody poll, for errors. @default unknown */
  readonly polledAnywhere?: () => Promise<readonly string[]>
  /** All starts of this run's workers. */
  readonly incarnations: Incarnation[]
  /** Of the service; null if it has the clock of this machine. */
  readonly clockOffset: ClockOffset | null
  /** Common to the workers of this run. */
  readonly startOrder: StartOrder
}
