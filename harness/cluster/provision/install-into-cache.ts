// Fills the cache entry, by one process at a time, in the first way that works.
import { setTimeout as delay } from 'node:timers/promises'
import { ChaosError } from '../../core/errors.ts'
import { checkBinary } from './binary.ts'
import { lookIntoCache, type CacheEntry } from './cache.ts'
import { cacheUnusable, isFileSystemError, hintFor, provisionFailed, type Failure } from './failures.ts'
import { goBuild } from './go-build.ts'
import { tryLock, type HeldLock } from './lock.ts'
import type { ProvisionOptions } from './options.ts'
import { everySecond } from './progress.ts'
import { releaseArchive } from './release-archive.ts'
import { makeFolder } from '../../core/make-folder.ts'
import {
  binariesIn,
  binaryNames,
  temporalVersion,
  type Binaries,
  type Platform,
} from '../../config/temporal-release.ts'
import { install, openStaging, otherBuilder, removeLeftovers } from './staging.ts'

/** In this order: a download takes seconds, a cold build minutes. */
const ways = [releaseArchive, goBuild]

/** How often a process that waits for another one looks whether it is its turn. */
const turnEveryMs = 500

/** @throws as `provision` does, and the file system's own errors */
export async function fillCache(
  entry: CacheEntry,
  platform: Platform,
  options: ProvisionOptions,
): Promise<Binaries> {
  await makeFolder(entry.parent)
  for (;;) {
    await using turn = await waitForTurn(entry, options)
    const signal = AbortSignal.any([options.signal, turn.lost])
    try {
      return await fillUnderLock(entry, platform, { ...options, signal })
    } catch (thrown) {
      options.signal.throwIfAborted()
      // Another process took over while this one stood still (SIGSTOP, say): wait for its result.
      if (!turn.lost.aborted) throw thrown
    }
  }
}

async function waitForTurn(entry: CacheEntry, options: ProvisionOptions): Promise<HeldLock> {
  const { signal, onProgress } = options
  signal.throwIfAborted()
  const atOnce = await tryLock(entry)
  if (atOnce !== undefined) return atOnce
  let who = await otherBuilder(entry)
  using _ticker = everySecond((elapsed) => {
    const pid = who === undefined ? '' : ` (pid ${who})`
    onProgress(
      `another temporal-chaos${pid} is getting Temporal ${temporalVersion}: waiting for it, ${elapsed}`,
    )
  })
  for (;;) {
    await pause(turnEveryMs, signal)
    const held = await tryLock(entry)
    if (held !== undefined) return held
    who = await otherBuilder(entry)
  }
}

async function fillUnderLock(
  entry: CacheEntry,
  platform: Platform,
  options: ProvisionOptions,
): Promise<Binaries> {
  const look = await lookIntoCache(entry)
  if (look.state === 'good') return look.binaries
  await removeLeftovers(entry)
  const failures: Failure[] = [
    { tried: 'cache', reason: look.state === 'empty' ? `${entry.folder} is not there` : look.reason },
  ]
  if (look.state === 'damaged') options.onProgress(`cache: ${look.reason}; replacing it`)
  for (const way of ways) {
    await using staging = await openStaging(entry)
    try {
      const source = await way.fetch({ ...options, platform, staging, mirror: options.config.temporalMirror })
      const staged = binariesIn(staging.outputDir)
      for (const name of binaryNames) await checkBinary(name, staged[name], options.signal)
      return await install(entry, staging, source)
    } catch (thrown) {
      options.signal.throwIfAborted()
      if (isFileSystemError(thrown)) throw cacheUnusable(thrown, entry, failures)
      if (!(thrown instanceof ChaosError)) throw thrown
      failures.push({ tried: way.name, reason: thrown.message })
      options.onProgress(`${way.name}: ${thrown.message}`)
    }
  }
  throw provisionFailed(failures, hintFor(failures))
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal })
  } catch (thrown) {
    throw signal.aborted ? signal.reason : thrown
  }
}
