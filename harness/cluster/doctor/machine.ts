// Checks of the machine itself: runtime, platform, size, clock, users.
import { realpath } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { commandName } from '../../core/command-name.ts'
import { toChaosError } from '../../core/errors.ts'
import { leastOpenFiles, openFilesHint, openFilesLimit } from '../../core/open-files.ts'
import { closedFolder, postgresUser } from '../backends/process/postgres-user.ts'
import { platformOf } from '../../config/temporal-release.ts'
import { missing, ok, warning, type Check } from './check.ts'

/** The dependencies' requirement; this repository brings the version that it is tested with. */
const leastNode = [22, 12] as const
const pinnedNodeMajor = 24

export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const name = 'Node.js'
  if (major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1])) {
    return missing(name, version, `Run it by "${commandName}": that brings Node ${pinnedNodeMajor} along.`)
  }
  if (major === pinnedNodeMajor) return ok(name, version)
  const hint = `It is tried with Node ${pinnedNodeMajor}, which "${commandName}" brings along.`
  return warning(name, version, hint)
}

export function checkPlatform(): Check {
  const name = 'platform'
  const found = `${process.platform} ${process.arch}`
  if (platformOf() === undefined) return missing(name, found, 'Use Linux or macOS, on x64 or arm64.')
  if (process.platform !== 'linux') return ok(name, found)
  const glibc = glibcVersion()
  if (glibc !== undefined) return ok(name, `${found}, glibc ${glibc}`)
  return missing(
    name,
    `${found}, without glibc`,
    'PostgreSQL and the Temporal SDK come for glibc: use such a system or image.',
  )
}

/** Only Node's diagnostic report names the C library. */
function glibcVersion(): string | undefined {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return header?.glibcVersionRuntime
}

export function checkOpenFiles(limit = openFilesLimit()): Check {
  const name = 'open files'
  if (limit === undefined) return ok(name, 'no limit')
  return limit >= leastOpenFiles ? ok(name, String(limit)) : missing(name, String(limit), openFilesHint)
}

export function checkCores(cores = availableParallelism()): Check {
  const found = cores === 1 ? '1 core' : `${cores} cores`
  if (cores >= 2) return ok('processor', found)
  return warning(
    'processor',
    found,
    'Recovery figures of one core say little: use 2 or more, or --concurrency 1.',
  )
}

/** Of the memory that is free, within the limits of a container. */
export function checkMemory(availableBytes = process.availableMemory(), totalBytes = totalmem()): Check {
  const found = `${gigabytes(availableBytes)} free of ${gigabytes(totalBytes)}`
  if (availableBytes >= 1_500_000_000) return ok('memory', found)
  return warning(
    'memory',
    found,
    'Free some memory, or use --concurrency 1: server, database and workers take about 1 GB.',
  )
}

/** @param apartMs how long the wall clock is compared with the monotonic one */
export async function checkClock(apartMs = 100): Promise<Check> {
  const offset = Date.now() - performance.now()
  await delay(apartMs)
  const driftMs = Math.abs(Date.now() - performance.now() - offset)
  const found = `${new Date().toISOString()}, steady within ${driftMs.toFixed(1)} ms over ${apartMs} ms`
  if (driftMs <= 5) return ok('clock', found)
  return warning('clock', found, 'Something sets the clock: figures of this machine can be off by as much.')
}

/**
 * @param temporaryFolder for PostgreSQL's data and binaries; if we are root, its user must be able to enter
 */
export async function checkUser(temporaryFolder: string): Promise<Check> {
  const name = 'user'
  try {
    const user = postgresUser()
    if (user === undefined) return ok(name, 'not root: PostgreSQL runs as you')
    const closed = await closedFolder(await realpath(temporaryFolder))
    const found = `root: PostgreSQL runs as nobody (uid ${user.uid})`
    if (closed === undefined) return ok(name, found)
    return missing(
      name,
      `${found}, who may not enter ${closed}`,
      'Set TMPDIR to a folder that everybody may enter.',
    )
  } catch (thrown) {
    const { message, hint } = toChaosError(thrown)
    return missing(name, message, hint ?? 'Run as an ordinary user.')
  }
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
