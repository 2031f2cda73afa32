// Removes what a session has left in an engine: containers and volumes with its label, networks with its name. Used by the session
// itself, its guard and the sweep, so it loads nothing but dockerode, and that only where an engine was used.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type Dockerode from 'dockerode'
import { untilQuiet } from '../../core/until-quiet.ts'
import type { SessionMark } from '../../processes/process-row.ts'
import { engineStatus } from '../engine/failures.ts'
import { networkName, sessionLabel } from './labels.ts'

const noteFile = 'engine.json'

const passes = { everyMs: 100, limitMs: 20_000 }
/** Behind a socket that a service manager holds open, a question to an engine that is gone is left waiting. */
const answerMs = 20_000

/** How long an engine may be away, how often it is looked for, and how long whoever waits for the guard is kept waiting. */
const downtimeMs = 60_000
const againMs = 500
const atOnceMs = 3_000

/** Before anything is made in the engine: how to reach it, for whoever cleans up. */
export async function noteEngine(sessionFolder: string, reach: Dockerode.DockerOptions): Promise<void> {
  await writeFile(join(sessionFolder, noteFile), JSON.stringify(reach), { mode: 0o600 })
}

/**
 * Does nothing where the session used no engine.
 * @returns what cannot be removed, by name
 * @throws what the engine throws where it does not answer
 */
export async function removeFromEngine({ id, folder }: SessionMark): Promise<readonly string[]> {
  const note = await readNote(join(folder, noteFile))
  if (note === undefined) return []
  const { default: Docker } = await import('dockerode')
  return removeSession(new Docker({ ...note, timeout: answerMs }), id)
}

/**
 * For the guard: an engine that is restarted is back within a minute.
 * @param onDelay told where it is not done at once
 * @returns whether all is gone
 */
export async function removeInTime(mark: SessionMark, onDelay: () => void): Promise<boolean> {
  const endMs = performance.now() + downtimeMs
  const patience = setTimeout(onDelay, atOnceMs)
  try {
    for (;;) {
      const isGone = await removeFromEngine(mark).then(
        (left) => left.length === 0,
        () => false,
      )
      if (isGone || performance.now() > endMs) return isGone
      onDelay()
      await delay(againMs)
    }
  } finally {
    clearTimeout(patience)
  }
}

/** @returns what cannot be removed, by name @throws what the engine throws where it does not answer */
export async function removeSession(docker: Dockerode, id: string): Promise<readonly string[]> {
  // What the engine was asked to make when the harness died is not listed at once, so one empty look proves nothing.
  return untilQuiet(passes, () => removeOnce(docker, id))
}

/** Undefined where there is none: no engine was used. */
async function readNote(file: string): Promise<Dockerode.DockerOptions | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Dockerode.DockerOptions
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw thrown
  }
}

/** @returns the names of what there was; a network goes only once nothing is in it any more */
async function removeOnce(docker: Dockerode, sessionId: string): Promise<string[]> {
  const filters = { label: [`${sessionLabel}=${sessionId}`] }
  const containers = await docker.listContainers({ all: true, filters })
  await Promise.all(
    containers.map(({ Id }) => gone(docker.getContainer(Id).remove({ force: true, v: true }))),
  )
  const networks = await docker.listNetworks({ filters: { name: [networkName(sessionId, '')] } })
  await Promise.all(networks.map(({ Id }) => gone(docker.getNetwork(Id).remove())))
  // Those that did not go with their containers, as where the engine went down meanwhile.
  const { Volumes } = await docker.listVolumes({ filters })
  await Promise.all(Volumes.map(({ Name }) => gone(docker.getVolume(Name).remove())))
  return [
    ...containers.map(({ Names }) => Names.join(', ').replace('/', '')),
    ...networks.map(({ Name }) => Name),
    ...Volumes.map(({ Name }) => Name),
  ]
}

/** 404: somebody else was quicker. 409: a removal is under way. 403: a network has a container left. The next pass looks again. */
async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal
  } catch (thrown) {
    if (![403, 404, 409].includes(engineStatus(thrown) ?? 0)) throw thrown
  }
}
