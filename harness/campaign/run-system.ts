// What belongs to a single run: its task queue, the ledger of its effects and the worker under test.
import path from 'node:path'
import type { RunClock } from '../core/clock.ts'
import { openLedger, type Ledger } from '../effects/ledger.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { taskKinds } from '../worker/worker-variables.ts'
import { Worker } from '../worker/worker.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'
import { recordFiles } from '../record/files.ts'

export interface RunSystem extends AsyncDisposable {
  readonly taskQueue: string
  readonly ledger: Ledger
  /** Not started yet. */
  readonly worker: Worker
}

export interface RunSystemOptions {
  readonly environment: RunEnvironment
  readonly planned: PlannedRun
  readonly recorder: RunRecorder
  readonly clock: RunClock
}

export async function openRunSystem(options: RunSystemOptions): Promise<RunSystem> {
  const { environment, planned, recorder, clock } = options
  const { campaign, slot, tools } = environment
  await using building = new AsyncDisposableStack()
  const taskQueue = `${planned.scenario.name}-${planned.run}`
  const host = await tools.hostFor(slot.cluster)
  const ledger = building.use(
    await openLedger({
      listenOn: host.listenOn,
      advertisedHost: host.harnessAddress,
      file: path.join(recorder.folder, recordFiles.effects),
      clock,
      onError: (thrown) => recorder.error(thrown),
    }),
  )
  const worker = building.use(
    new Worker({
      name: 'worker-1',
      launcher: tools.launcher,
      host,
      taskQueues: [{ name: taskQueue, polls: taskKinds }],
      ledgerUrl: ledger.url,
      profile: campaign.profile,
      observer: slot.observer,
      recorder,
      knownIdentities: new Set(),
    }),
  )
  const owned = building.move()
  return { taskQueue, ledger, worker, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
