// What a run stands on, whoever executes it: a campaign, or a test of a user's own suite.
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { settleBoth } from '../core/settle-both.ts'
import type { Profile } from '../config/profiles.ts'
import type { followHistory } from '../temporal/history-capture.ts'
import type { Session } from '../processes/session.ts'
import { bundleWorkflows } from '../worker/bundle/bundle.ts'
import { Replayer } from '../worker/replay/replayer.ts'
import { StartTurns } from '../worker/start-turns.ts'
import type { WorkerOptions } from '../worker/worker.ts'
import type { HostFor } from './hosts.ts'
import type { ClusterSlot } from './cluster-slot.ts'
import type { PlannedRun } from './plan.ts'
import { ResourceSampler } from '../processes/resource-sampler.ts'
import { UnderTest } from '../processes/under-test.ts'

/** Seams at which the harness's own tests put something broken, to see that it is caught. */
export interface TestOverrides {
  readonly launch?: WorkerOptions['launch']
  readonly follow?: typeof followHistory
  /** Entry of the workflows that the worker runs. @default workflows/index.ts */
  readonly workflowsPath?: string
  /** Entry of the workflows that histories are replayed against. @default `workflowsPath` */
  readonly replayWorkflowsPath?: string
  /** Cores that the number of clusters is reckoned from. @default those of the machine */
  readonly cores?: number
}

/** What the one who executes runs says of them. */
export interface RunEnvironmentOptions {
  readonly session: Session
  /** What clusters and workers are started with. @default everything that is started with the ground's session */
  readonly tested?: UnderTest
  readonly hostFor: HostFor
  readonly profile: Profile
  readonly campaignId: string
  readonly campaignSeed: number
  /** The campaign's report folder; runs write their records below it. */
  readonly folder: string
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
  readonly overrides: TestOverrides
  /** Told what a run is doing, step by step. */
  readonly onStep: (planned: PlannedRun, step: string) => void
}

export interface RunEnvironment extends RunEnvironmentOptions, ClusterSlot {
  /** For further clusters: what it starts is under test. */
  readonly session: Session
  readonly bundle: string
  readonly replayer: Replayer
  readonly sampler: ResourceSampler
  readonly turns: StartTurns
}

const ownWorkflows = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url))

/**
 * Opens what all runs of a session share, and the first lane. On another lane a run stands on `{ ...ground, ...lane }`.
 * @throws what `open` throws; ChaosError `CHAOS_BUNDLE_FAILED`, `CHAOS_SPAWN_FAILED`
 */
export async function openRunEnvironment(
  options: RunEnvironmentOptions,
  open: () => Promise<ClusterSlot & AsyncDisposable>,
): Promise<RunEnvironment & AsyncDisposable> {
  await using building = new AsyncDisposableStack()
  const { session, tested = new UnderTest(session) } = options
  // The bundle is made while the cluster comes up: they need nothing of each other.
  const [{ cluster, observer }, bundle] = await settleBoth(
    open().then((slot) => building.use(slot)),
    bundles(options),
  )
  const replayer = building.use(await Replayer.open(session, bundle.replay))
  const sampler = building.use(new ResourceSampler({ tested: () => tested.pids }))
  const turns = new StartTurns(availableParallelism())
  const shared = { session: tested.session, bundle: bundle.worker, replayer, sampler, turns }
  const environment = { ...options, ...shared, cluster, observer }
  const owned = building.move()
  return { ...environment, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function bundles({ session, overrides, signal }: RunEnvironmentOptions) {
  const entry = path.resolve(overrides.workflowsPath ?? ownWorkflows)
  const worker = await bundleWorkflows(session, entry, 'bundle', signal)
  const { replayWorkflowsPath } = overrides
  const replay =
    replayWorkflowsPath === undefined
      ? worker
      : await bundleWorkflows(session, path.resolve(replayWorkflowsPath), 'replay-bundle', signal)
  return { worker, replay }
}
