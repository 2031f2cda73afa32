// What a campaign owns: its session, the ground of its runs with the first cluster, and the further clusters that are added
// while it goes on. All of it ends with the campaign, in the reverse order of its making.
import path from 'node:path'
import type { Config } from '../config/config.ts'
import { profiles } from '../config/profiles.ts'
import type { BackendName } from '../config/backends.ts'
import { openBackend } from '../cluster/open-backend.ts'
import { openRunEnvironment, type RunEnvironmentOptions, type RunEnvironment } from './run-environment.ts'
import { hostsFor } from './hosts.ts'
import { openClusterSlot, type ClusterSlot } from './cluster-slot.ts'
import { UnderTest } from '../processes/under-test.ts'
import { openSession } from '../sessions/open-session.ts'

export interface Preparing extends Omit<RunEnvironmentOptions, 'session' | 'profile' | 'hostFor' | 'tested'> {
  readonly config: Config
  readonly backend: BackendName
  readonly env: NodeJS.ProcessEnv
  /** What is being done before the first run, in words. */
  readonly onProgress: (what: string) => void
}

export interface Prepared extends AsyncDisposable {
  /** With the first cluster, which several runs may share. */
  readonly environment: RunEnvironment
  /** All that were opened so far, the first one too. */
  readonly slots: readonly ClusterSlot[]
  /** Starts another cluster. Must have ended before this is disposed. @throws as `StartCluster` does */
  addSlot(): Promise<ClusterSlot>
}

/** @throws what the signal was aborted with, or a ChaosError of whatever did not start; nothing is left running then */
export async function prepare(preparing: Preparing): Promise<Prepared> {
  const { config, backend, env, onProgress, ...options } = preparing
  const { signal, folder } = options
  await using building = new AsyncDisposableStack()
  const session = building.use(await openSession())
  signal.throwIfAborted()
  const tested = new UnderTest(session)
  const opening = { name: backend, config, session: tested.session, env, signal, onProgress }
  const startCluster = await openBackend(opening)
  const hostFor = await hostsFor(config, tested.session, env)
  const logs = path.join(folder, 'logs')
  const environment = building.use(
    await openRunEnvironment(
      { ...options, session, tested, hostFor, profile: profiles[config.profile] },
      () => openClusterSlot(() => startCluster(onProgress), logs),
    ),
  )
  const slots: ClusterSlot[] = [environment]
  const further = building.use(new AsyncDisposableStack())
  async function addSlot(): Promise<ClusterSlot> {
    const slot = further.use(
      await openClusterSlot(startCluster, path.join(logs, `cluster-${slots.length + 1}`)),
    )
    slots.push(slot)
    return slot
  }
  const owned = building.move()
  return { environment, slots, addSlot, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
