// Networks that no session's mark leads to any more: an engine that was asked to remove one while it was going down
// forgets that when it comes back.
import type Dockerode from 'dockerode'
import { engineStatus } from './engine-status.ts'
import { isSessionNetwork } from './marks.ts'

/** A network is older than its first container by less than a second. */
const oldMs = 10 * 60_000

/**
 * Removes networks of stacks that have had time to get a container and have none, not even a stopped one: so never one
 * of a session that lives. @returns their names
 */
export async function removeOrphans(docker: Dockerode, olderThanMs = oldMs): Promise<string[]> {
  const networks = await docker.listNetworks()
  const old = networks.filter(
    ({ Name, Created }) => isSessionNetwork(Name) && Date.now() - Date.parse(Created) >= olderThanMs,
  )
  const removed = await Promise.all(old.map(({ Id, Name }) => removeWhereEmpty(docker, Id, Name)))
  return removed.flat()
}

async function removeWhereEmpty(docker: Dockerode, id: string, name: string): Promise<string[]> {
  const members = await docker.listContainers({ all: true, filters: { network: [id] } })
  if (members.length > 0) return []
  try {
    await docker.getNetwork(id).remove()
    return [name]
  } catch (thrown) {
    // Somebody else was quicker (404), or it is in use after all (403).
    if ([403, 404].includes(engineStatus(thrown) ?? 0)) return []
    throw thrown
  }
}
