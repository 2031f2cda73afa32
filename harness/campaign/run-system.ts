// What belongs to a single run: its task queue, the ledger of its effects and the workers under test.
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { RunClock } from '../core/clock.ts'
import { storedQueues } from '../cluster/stored-queues.ts'
import { openLedger, type Ledger } from '../effects/ledger.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { RunWorkers } from '../worker/run-workers.ts'
import { hasOwnQueues } from '../worker/worker-definition.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'
import { recordFiles } from '../record/files.ts'

export interface RunSystem extends AsyncDisposable {
  /** Its own task queue; the names of its other queues and of its workflows begin with it. */
  readonly runQueue: string
  readonly ledger: Ledger
  /** Not started yet. */
  readonly workers: RunWorkers
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
  // A golden run may be on the same cluster as its run.
  const { name, workers: definitions } = planned.scenario
  // What a user's worker did in earlier campaigns may last: in databases of its own, on a cluster of its own.
  const unique = hasOwnQueues(definitions) ? `-${shortHash(campaign.id)}` : ''
  const runQueue = `${name}-${planned.run}${planned.isGolden === true ? '-golden' : ''}${unique}`
  const { database } = slot.cluster
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
  recorder.sealAlso(recordFiles.effects, () => ledger.written())
  const workers = building.use(
    new RunWorkers({
      definitions,
      runQueue,
      launcher: tools.launcherFor(planned.scenario),
      host,
      ledgerUrlFor: (sender) => ledger.urlFor(sender),
      profile: campaign.profile,
      observer: slot.observer,
      clockOffset: slot.clockOffset,
      recorder,
      ...(database === undefined
        ? {}
        : { polledAnywhere: () => storedQueues(database, slot.observer.namespace) }),
    }),
  )
  const owned = building.move()
  return { runQueue, ledger, workers, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
