// A session that spawns and keeps nothing: enough for code that only starts commands.
import { childEnvironment } from '../../harness/processes/environment.ts'
import type { Session } from '../../harness/processes/session.ts'
import { spawnChild } from '../../harness/processes/spawn.ts'

export const plainSession: Session = {
  id: 'here',
  folder: '/nowhere',
  spawn: (file, args, options = {}) => spawnChild(file, args, childEnvironment(process.env, 'here'), options),
  holdFrozen: () => () => {},
  [Symbol.asyncDispose]: async () => {},
}
