// Installs the binaries into the cache from the first source that works; one process at a time.
import { setTimeout as delay } from 'node:timers/promises'
import { ChaosError } from '../../core/errors.ts'
import { checkBinary } from './binary.ts'
import { inspectCache, type CacheEntry } from './cache.ts'
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
const sources = [releaseArchive, goBuild]

/** How often a process that waits for another one tries to get the lock. */
const lockRetryMs = 500

/** @throws as `provision` does, and the file system's own errors */
export async function installIntoCache(
  entry: CacheEntry,
  platform: Platform,
  options: ProvisionOptions,
): Promise<Binaries> {
  await makeFolder(entry.parent)
  for (;;) {
    await using held = await waitForLock(entry, options)
    const signal = AbortSignal.any([options.signal, held.lost])
    try {
      return await installUnderLock(entry, platform, { ...options, signal })
    } catch (thrown) {
      options.signal.throwIfAborted()
      // Another process took over while this one stood still (SIGSTOP, say): wait for its result.
      if (!held.lost.aborted) throw thrown
    }
  }
}

async function waitForLock(entry: CacheEntry, options: ProvisionOptions): Promise<HeldLock> {
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
    await pause(lockRetryMs, signal)
    const held = await tryLock(entry)
    if (held !== undefined) return held
    who = await otherBuilder(entry)
  }
}

async function installUnderLock(
  entry: CacheEntry,
  platform: Platform,
  options: ProvisionOptions,
): Promise<Binaries> {
  const look = await inspectCache(entry)
  if (look.state === 'good') return look.binaries
  await removeLeftovers(entry)
  const failures: Failure[] = [
    { tried: 'cache', reason: look.state === 'empty' ? `${entry.folder} is not there` : look.reason },
  ]
  if (look.state === 'damaged') options.onProgress(`cache: ${look.reason}; replacing it`)
  for (const source of sources) {
    await using staging = await openStaging(entry)
    try {
      const mirror = options.config.temporalMirror
      const origin = await source.fetch({ ...options, platform, staging, mirror })
      const staged = binariesIn(staging.outputDir)
      for (const name of binaryNames) await checkBinary(name, staged[name], options.signal)
      return await install(entry, staging, origin)
    } catch (thrown) {
      options.signal.throwIfAborted()
      if (isFileSystemError(thrown)) throw cacheUnusable(thrown, entry, failures)
      if (!(thrown instanceof ChaosError)) throw thrown
      failures.push({ tried: source.name, reason: thrown.message })
      options.onProgress(`${source.name}: ${thrown.message}`)
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
