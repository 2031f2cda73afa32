// What a campaign owns: its session, the ground of its runs with the first stack, and the further stacks that are added
// while it goes on. All of it ends with the campaign, in the reverse order of its making.
import path from 'node:path'
import type { Config } from '../config.ts'
import { profiles } from '../profiles.ts'
import { openSession } from '../stack/session.ts'
import { startProcessStack } from '../stack/process/process-stack.ts'
import { provision } from '../stack/provision/provision.ts'
import { openGround, type Executing, type Ground } from './ground.ts'
import { openLane, type Lane } from './lane.ts'

export interface Preparing extends Omit<Executing, 'session' | 'profile'> {
  readonly config: Config
  readonly env: NodeJS.ProcessEnv
  /** What is being done before the first run, in words. */
  readonly onProgress: (what: string) => void
}

export interface Prepared extends AsyncDisposable {
  /** With the first stack, which several runs may share. */
  readonly ground: Ground
  /** All that were opened so far, the first one too. */
  readonly lanes: readonly Lane[]
  /** Starts another stack. Must have ended before this is disposed. @throws as `startProcessStack` does */
  addLane(): Promise<Lane>
}

/** @throws what the signal was aborted with, or a ChaosError of whatever did not start; nothing is left running then */
export async function prepare(preparing: Preparing): Promise<Prepared> {
  const { config, env, onProgress, ...executing } = preparing
  const { signal, folder } = executing
  await using building = new AsyncDisposableStack()
  const session = building.use(await openSession())
  signal.throwIfAborted()
  const binaries = await provision({ config, session, env, signal, onProgress })
  const logs = path.join(folder, 'logs')
  const ground = building.use(
    await openGround({ ...executing, session, profile: profiles[config.profile] }, () =>
      openLane(() => startProcessStack({ session, binaries, signal, onProgress }), logs),
    ),
  )
  const lanes: Lane[] = [ground]
  const further = building.use(new AsyncDisposableStack())
  async function addLane(): Promise<Lane> {
    const start = () => startProcessStack({ session, binaries, signal })
    const lane = further.use(await openLane(start, path.join(logs, `stack-${lanes.length + 1}`)))
    lanes.push(lane)
    return lane
  }
  const owned = building.move()
  return { ground, lanes, addLane, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
