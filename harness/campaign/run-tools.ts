// What all runs of a session share: the bundle of their workflows, and helpers that outlive a single run.
import path from 'node:path'
import type { Session } from '../processes/session.ts'
import { MachineSampler } from '../processes/machine/machine-sampler.ts'
import { ResourceSampler } from '../processes/resource-sampler.ts'
import type { Watched } from '../processes/watched.ts'
import type { UnderTest } from '../processes/under-test.ts'
import { bundleWorkflows } from '../worker/bundle/bundle.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { WorkerLauncher } from '../worker/launcher.ts'
import { nodeBundleLauncher } from '../worker/launchers/node-bundle.ts'
import { Replayer } from '../worker/replay/replayer.ts'
import { FaultPermits } from './fault-permits.ts'
import type { HostFor } from './hosts.ts'
import type { RunParts } from './run-parts.ts'

export interface RunTools extends Pick<RunParts, 'follow' | 'tables'> {
  readonly launcherFor: (scenario: Scenario) => WorkerLauncher
  readonly sampler: ResourceSampler
  readonly machine: MachineSampler
  readonly permits: FaultPermits
  readonly hostFor: HostFor
  /** The harness's own processes. */
  readonly watched: () => readonly Watched[]
}

export interface RunToolsOptions {
  /** For the harness's own helpers: bundling, replay. */
  readonly harnessSession: Session
  readonly underTest: UnderTest
  readonly hostFor: HostFor
  readonly parts: RunParts
  readonly signal: AbortSignal
}

/** @throws ChaosError `CHAOS_BUNDLE_FAILED`, `CHAOS_SPAWN_FAILED` */
export async function openRunTools(options: RunToolsOptions): Promise<RunTools & AsyncDisposable> {
  const { underTest, hostFor, parts } = options
  const { follow, tables } = parts
  await using building = new AsyncDisposableStack()
  const { launcher, replayer } = await openLauncher(options, building)
  const sampler = building.use(new ResourceSampler({ tested: () => underTest.pids }))
  const machine = building.use(new MachineSampler())
  const permits = new FaultPermits(parts.cores)
  const owned = building.move()
  return {
    launcherFor: (scenario) => parts.launcher(launcher, scenario),
    sampler,
    machine,
    permits,
    hostFor,
    follow,
    tables,
    watched: () => [
      { name: 'harness', pid: process.pid },
      ...(replayer === null || replayer.pid === null ? [] : [{ name: 'replay', pid: replayer.pid }]),
    ],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** @param owner ends what is opened here */
async function openLauncher(
  options: RunToolsOptions,
  owner: AsyncDisposableStack,
): Promise<{ readonly launcher: WorkerLauncher; readonly replayer: Replayer | null }> {
  const { harnessSession, parts } = options
  if (parts.openLauncher !== null) {
    return { launcher: owner.use(await parts.openLauncher(harnessSession)), replayer: null }
  }
  const bundles = await bundle(options)
  const { dataConverter, workerProgram: program } = parts
  const replayer = owner.use(await Replayer.open(harnessSession, bundles.replay, { dataConverter }))
  return {
    launcher: nodeBundleLauncher({ program, bundle: bundles.worker, replayer, dataConverter }),
    replayer,
  }
}

async function bundle({ harnessSession, parts, signal }: RunToolsOptions) {
  const entry = path.resolve(parts.workflowsPath)
  const replayEntry = path.resolve(parts.replayWorkflowsPath)
  const { dataConverter } = parts
  const make = (from: string, name: string) =>
    bundleWorkflows(harnessSession, { workflowsPath: from, dataConverter }, name, signal)
  const worker = await make(entry, 'bundle')
  const replay = replayEntry === entry ? worker : await make(replayEntry, 'replay-bundle')
  return { worker, replay }
}
