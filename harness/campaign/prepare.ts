// What a campaign owns: its session, the ground of its runs with the first stack, and the further stacks that are added
// while it goes on. All of it ends with the campaign, in the reverse order of its making.
import path from 'node:path'
import type { Config } from '../config/config.ts'
import { profiles } from '../config/profiles.ts'
import type { BackendName } from '../config/backends.ts'
import { openBackend } from '../cluster/open-backend.ts'
import { openGround, type Executing, type Ground } from './run-environment.ts'
import { hostsFor } from './hosts.ts'
import { openLane, type Lane } from './cluster-slot.ts'
import { UnderTest } from '../processes/under-test.ts'
import { openSession } from '../sessions/open-session.ts'

export interface Preparing extends Omit<Executing, 'session' | 'profile' | 'hostFor' | 'tested'> {
  readonly config: Config
  readonly backend: BackendName
  readonly env: NodeJS.ProcessEnv
  /** What is being done before the first run, in words. */
  readonly onProgress: (what: string) => void
}

export interface Prepared extends AsyncDisposable {
  /** With the first stack, which several runs may share. */
  readonly ground: Ground
  /** All that were opened so far, the first one too. */
  readonly lanes: readonly Lane[]
  /** Starts another stack. Must have ended before this is disposed. @throws as `StartStack` does */
  addLane(): Promise<Lane>
}

/** @throws what the signal was aborted with, or a ChaosError of whatever did not start; nothing is left running then */
export async function prepare(preparing: Preparing): Promise<Prepared> {
  const { config, backend, env, onProgress, ...executing } = preparing
  const { signal, folder } = executing
  await using building = new AsyncDisposableStack()
  const session = building.use(await openSession())
  signal.throwIfAborted()
  const tested = new UnderTest(session)
  const opening = { name: backend, config, session: tested.session, env, signal, onProgress }
  const startStack = await openBackend(opening)
  const hostFor = await hostsFor(config, tested.session, env)
  const logs = path.join(folder, 'logs')
  const ground = building.use(
    await openGround({ ...executing, session, tested, hostFor, profile: profiles[config.profile] }, () =>
      openLane(() => startStack(onProgress), logs),
    ),
  )
  const lanes: Lane[] = [ground]
  const further = building.use(new AsyncDisposableStack())
  async function addLane(): Promise<Lane> {
    const lane = further.use(await openLane(startStack, path.join(logs, `stack-${lanes.length + 1}`)))
    lanes.push(lane)
    return lane
  }
  const owned = building.move()
  return { ground, lanes, addLane, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
