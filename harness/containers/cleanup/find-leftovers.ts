// Finds the containers, networks and volumes of sessions, and those whose session is dead.
import type Dockerode from 'dockerode'
import { engineStatus } from '../engine/failures.ts'
import { isSessionId, ownerLabel, sessionLabel, sessionOfNetwork } from './labels.ts'
import { stateOfOwner, readOwner, thisHost, type OwnerState, type Owner } from './owner.ts'

/** A container, a network or a volume of a session. */
export interface LabeledObject {
  readonly sessionId: string
  readonly name: string
  readonly owner: Owner | undefined
  /** True also while paused. Networks and volumes never run. */
  readonly runs: boolean
  /** When it was created, or when it ended for a container that ran. By the engine's clock. */
  readonly sinceMs: number
}

/**
 * No living campaign is without a running container for so long: a run with its outages lasts a minute at
 * most.
 */
export const defaultGraceMs = 10 * 60_000

/**
 * Whether all objects of a session may be removed. If its owner cannot be seen from here (another machine or
 * container), they may go only after the grace time. Nothing of a rebooted machine still runs, unless another
 * machine has the same id.
 */
export function mayRemove(
  found: readonly LabeledObject[],
  owner: OwnerState,
  nowMs: number,
  graceMs = defaultGraceMs,
): boolean {
  if (owner === 'alive' || owner === 'dead') return owner === 'dead'
  if (found.some(({ runs }) => runs)) return false
  return owner === 'rebooted' || found.every(({ sinceMs }) => nowMs - sinceMs >= graceMs)
}

/**
 * The removable objects by session.
 * @param graceMs see `mayRemove`
 * @throws the engine's error if it does not answer
 */
export async function findLeftovers(
  docker: Dockerode,
  graceMs?: number,
): Promise<ReadonlyMap<string, readonly LabeledObject[]>> {
  const found = [...(await containersOf(docker)), ...(await networksOf(docker)), ...(await volumesOf(docker))]
  if (found.length === 0) return new Map()
  const nowMs = await clockOf(docker)
  const here = thisHost()
  const left = [...Map.groupBy(found, ({ sessionId }) => sessionId)].filter(([, its]) => {
    const owner = its.find((each) => each.owner !== undefined)?.owner
    return mayRemove(its, stateOfOwner(owner, here), nowMs, graceMs)
  })
  return new Map(left)
}

async function containersOf(docker: Dockerode): Promise<LabeledObject[]> {
  const listed = await docker.listContainers({ all: true, filters: { label: [sessionLabel] } })
  const ours = listed.filter(({ Labels }) => isSessionId(Labels[sessionLabel] ?? ''))
  const found = await Promise.all(ours.map(({ Id }) => containerOf(docker.getContainer(Id))))
  return found.flatMap((each) => each ?? [])
}

/** Undefined if it is gone meanwhile. */
async function containerOf(container: Dockerode.Container): Promise<LabeledObject | undefined> {
  try {
    const { Name, Config, Created, State } = await container.inspect()
    return {
      sessionId: Config.Labels[sessionLabel] ?? '',
      name: Name.replace('/', ''),
      owner: readOwner(Config.Labels[ownerLabel]),
      runs: State.Running,
      // The engine dates the end of a container that never ran to the year 1.
      sinceMs: Math.max(Date.parse(Created), Date.parse(State.FinishedAt)),
    }
  } catch (thrown) {
    if (engineStatus(thrown) === 404) return undefined
    throw thrown
  }
}

async function networksOf(docker: Dockerode): Promise<LabeledObject[]> {
  const networks = await docker.listNetworks()
  return networks.flatMap(({ Name, Created, Labels }) => {
    const sessionId = sessionOfNetwork(Name)
    if (sessionId === undefined) return []
    const owner = readOwner(Labels?.[ownerLabel])
    return [{ sessionId, name: Name, owner, runs: false, sinceMs: Date.parse(Created) }]
  })
}

async function volumesOf(docker: Dockerode): Promise<LabeledObject[]> {
  const { Volumes } = await docker.listVolumes({ filters: { label: [sessionLabel] } })
  return Volumes.flatMap((volume) => {
    const sessionId = volume.Labels[sessionLabel] ?? ''
    if (!isSessionId(sessionId)) return []
    const owner = readOwner(volume.Labels[ownerLabel])
    // Without a date (NaN), a volume of an unknown owner is never old enough to be removed.
    const { CreatedAt = '' } = volume as { readonly CreatedAt?: string }
    return [{ sessionId, name: volume.Name, owner, runs: false, sinceMs: Date.parse(CreatedAt) }]
  })
}

/** The engine may run on another machine, with another clock. */
async function clockOf(docker: Dockerode): Promise<number> {
  const { SystemTime } = (await docker.info()) as { SystemTime: string }
  return Date.parse(SystemTime)
}
