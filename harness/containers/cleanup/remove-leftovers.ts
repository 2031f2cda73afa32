// Removes what dead sessions left in an engine, found by its labels: a session's folder may be gone with the
// machine's temporary files, and an engine that goes down forgets what it was asked to remove.
import type Dockerode from 'dockerode'
import { findLeftovers } from './find-leftovers.ts'
import { removeSession } from './remove-session.ts'

/**
 * Removes nothing that may belong to a living session (see `mayRemove`).
 * @returns the names of the removed objects
 * @throws the engine's error if it does not answer
 */
export async function removeLeftovers(docker: Dockerode, graceMs?: number): Promise<string[]> {
  const sessions = await findLeftovers(docker, graceMs)
  const removed = await Promise.all(
    [...sessions].map(async ([id, found]) => {
      const kept = await removeSession(docker, id)
      return found.flatMap(({ name }) => (kept.includes(name) ? [] : [name]))
    }),
  )
  return removed.flat()
}
