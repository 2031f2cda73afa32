// What sessions have in an engine, and which of it is nobody's any more.
import type Dockerode from 'dockerode'
import { engineStatus } from '../engine/failures.ts'
import { isSessionId, ownerLabel, sessionLabel, sessionOfNetwork } from './labels.ts'
import { fateOf, readOwner, thisPlace, type Fate, type Owner } from './owner.ts'

/** A container, a network or a volume of a session. */
export interface Found {
  readonly sessionId: string
  readonly name: string
  readonly owner: Owner | undefined
  /** Paused counts. Networks and volumes do not run. */
  readonly runs: boolean
  /** When it was made or, a container that ran, ended: by the engine's clock. */
  readonly sinceMs: number
}

/** No living campaign goes without a running container for so long: a run, outages included, lasts a minute at most. */
export const patienceMs = 10 * 60_000

/**
 * Whether all that a session has may go: what is another machine's, or another container's, only once it has neither run
 * nor been made for a while. Of a machine that was started anew nothing runs any more, but for one that is another's double.
 */
export function isLeft(found: readonly Found[], fate: Fate, nowMs: number, patience = patienceMs): boolean {
  if (fate === 'living' || fate === 'dead') return fate === 'dead'
  if (found.some(({ runs }) => runs)) return false
  return fate === 'rebooted' || found.every(({ sinceMs }) => nowMs - sinceMs >= patience)
}

/** By session. @param patience see `isLeft` @throws what the engine throws where it does not answer */
export async function leftBySessions(
  docker: Dockerode,
  patience?: number,
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const found = [...(await containersOf(docker)), ...(await networksOf(docker)), ...(await volumesOf(docker))]
  if (found.length === 0) return new Map()
  const nowMs = await clockOf(docker)
  const here = thisPlace()
  const left = [...Map.groupBy(found, ({ sessionId }) => sessionId)].filter(([, its]) => {
    const owner = its.find((each) => each.owner !== undefined)?.owner
    return isLeft(its, fateOf(owner, here), nowMs, patience)
  })
  return new Map(left)
}

async function containersOf(docker: Dockerode): Promise<Found[]> {
  const listed = await docker.listContainers({ all: true, filters: { label: [sessionLabel] } })
  const ours = listed.filter(({ Labels }) => isSessionId(Labels[sessionLabel] ?? ''))
  const found = await Promise.all(ours.map(({ Id }) => containerOf(docker.getContainer(Id))))
  return found.flatMap((each) => each ?? [])
}

/** Undefined where it has gone meanwhile. */
async function containerOf(container: Dockerode.Container): Promise<Found | undefined> {
  try {
    const { Name, Config, Created, State } = await container.inspect()
    return {
      sessionId: Config.Labels[sessionLabel] ?? '',
      name: Name.replace('/', ''),
      owner: readOwner(Config.Labels[ownerLabel]),
      runs: State.Running,
      // One that never ran has ended in the year 1.
      sinceMs: Math.max(Date.parse(Created), Date.parse(State.FinishedAt)),
    }
  } catch (thrown) {
    if (engineStatus(thrown) === 404) return undefined
    throw thrown
  }
}

async function networksOf(docker: Dockerode): Promise<Found[]> {
  const networks = await docker.listNetworks()
  return networks.flatMap(({ Name, Created, Labels }) => {
    const sessionId = sessionOfNetwork(Name)
    if (sessionId === undefined) return []
    const owner = readOwner(Labels?.[ownerLabel])
    return [{ sessionId, name: Name, owner, runs: false, sinceMs: Date.parse(Created) }]
  })
}

async function volumesOf(docker: Dockerode): Promise<Found[]> {
  const { Volumes } = await docker.listVolumes({ filters: { label: [sessionLabel] } })
  return Volumes.flatMap((volume) => {
    const sessionId = volume.Labels[sessionLabel] ?? ''
    if (!isSessionId(sessionId)) return []
    const owner = readOwner(volume.Labels[ownerLabel])
    // An engine that does not say since when it has one keeps it, where its owner is not known.
    const { CreatedAt = '' } = volume as { readonly CreatedAt?: string }
    return [{ sessionId, name: volume.Name, owner, runs: false, sinceMs: Date.parse(CreatedAt) }]
  })
}

/** The engine may be another machine's. */
async function clockOf(docker: Dockerode): Promise<number> {
  const { SystemTime } = (await docker.info()) as { SystemTime: string }
  return Date.parse(SystemTime)
}
