// Removes from an engine what dead sessions left there and no folder leads to any more: that one may have gone with the
// machine's temporary files, and an engine that goes down forgets what it was asked to remove.
import type Dockerode from 'dockerode'
import { leftBySessions } from './find-leftovers.ts'
import { removeSession } from './remove-session.ts'

/**
 * Everything with a session's mark whose owner is dead, or cannot be known and has long let it lie; never what may be a
 * living one's (see `isLeft`).
 * @returns the names of what is gone
 * @throws what the engine throws where it does not answer
 */
export async function removeOrphans(docker: Dockerode, patience?: number): Promise<string[]> {
  const sessions = await leftBySessions(docker, patience)
  const removed = await Promise.all(
    [...sessions].map(async ([id, found]) => {
      const kept = await removeSession(docker, id)
      return found.flatMap(({ name }) => (kept.includes(name) ? [] : [name]))
    }),
  )
  return removed.flat()
}
