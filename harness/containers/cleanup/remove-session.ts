// Removes a session's containers, volumes and networks from an engine. The session itself, its guard and the
// sweep use this, so it loads dockerode only if an engine was used.
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
/** If a service manager holds the socket open, a question to an engine that is gone is left waiting. */
const answerMs = 20_000

/** An engine that is restarted is back within this time. */
const downtimeMs = 60_000
const retryMs = 500
/** Whoever waits for the guard waits no longer than this. */
const delayNoticeMs = 3_000

/** Writes down how to reach the engine, for whoever cleans up. Called before anything is made in it. */
export async function noteEngine(sessionFolder: string, reach: Dockerode.DockerOptions): Promise<void> {
  await writeFile(join(sessionFolder, noteFile), JSON.stringify(reach), { mode: 0o600 })
}

/**
 * Does nothing if the session used no engine.
 * @returns the names of what cannot be removed
 * @throws the engine's error if it does not answer
 */
export async function removeSessionFromEngine({ id, folder }: SessionMark): Promise<readonly string[]> {
  const note = await readNote(join(folder, noteFile))
  if (note === undefined) return []
  const { default: Docker } = await import('dockerode')
  return removeSession(new Docker({ ...note, timeout: answerMs }), id)
}

/**
 * For the guard, which outlives a restart of the engine.
 * @param onDelay called when the removal takes longer
 * @returns whether everything is removed
 */
export async function removeWithRetries(mark: SessionMark, onDelay: () => void): Promise<boolean> {
  const endMs = performance.now() + downtimeMs
  const notice = setTimeout(onDelay, delayNoticeMs)
  try {
    for (;;) {
      const isGone = await removeSessionFromEngine(mark).then(
        (left) => left.length === 0,
        () => false,
      )
      if (isGone || performance.now() > endMs) return isGone
      onDelay()
      await delay(retryMs)
    }
  } finally {
    clearTimeout(notice)
  }
}

/** @returns the names of what cannot be removed @throws the engine's error if it does not answer */
export async function removeSession(docker: Dockerode, id: string): Promise<readonly string[]> {
  // The engine may still be creating what the harness asked for before it died, so one empty list proves
  // nothing.
  return untilQuiet(passes, () => removeOnce(docker, id))
}

/** Undefined if no engine was used. */
async function readNote(file: string): Promise<Dockerode.DockerOptions | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Dockerode.DockerOptions
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw thrown
  }
}

/** @returns the names of what was found; a network can only be removed once it is empty */
async function removeOnce(docker: Dockerode, sessionId: string): Promise<string[]> {
  const filters = { label: [`${sessionLabel}=${sessionId}`] }
  const containers = await docker.listContainers({ all: true, filters })
  await Promise.all(
    containers.map(({ Id }) => ignoreGone(docker.getContainer(Id).remove({ force: true, v: true }))),
  )
  const networks = await docker.listNetworks({ filters: { name: [networkName(sessionId, '')] } })
  await Promise.all(networks.map(({ Id }) => ignoreGone(docker.getNetwork(Id).remove())))
  // Volumes that outlived their containers, because the engine went down meanwhile for example.
  const { Volumes } = await docker.listVolumes({ filters })
  await Promise.all(Volumes.map(({ Name }) => ignoreGone(docker.getVolume(Name).remove())))
  return [
    ...containers.map(({ Names }) => Names.join(', ').replace('/', '')),
    ...networks.map(({ Name }) => Name),
    ...Volumes.map(({ Name }) => Name),
  ]
}

/**
 * 404: removed by somebody else. 409: a removal is under way. 403: a network is not empty. The next pass
 * looks again.
 */
async function ignoreGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal
  } catch (thrown) {
    if (![403, 404, 409].includes(engineStatus(thrown) ?? 0)) throw thrown
  }
}
