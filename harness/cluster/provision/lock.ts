// One process at a time fills a cache entry. A holder that dies without a word frees the lock after a few seconds.
import { lock } from 'proper-lockfile'
import { ChaosError } from '../../core/errors.ts'
import type { CacheEntry } from './cache.ts'

/** A living holder renews its lock every second, so this only counts for one that was killed or stopped. */
const staleMs = 5_000

export interface HeldLock extends AsyncDisposable {
  /** Aborted, with a ChaosError `CHAOS_LOCK_LOST`, when another took the lock because this process stood still. */
  readonly lost: AbortSignal
}

/** Undefined while another process holds it. */
export async function tryLock(entry: CacheEntry): Promise<HeldLock | undefined> {
  const lost = new AbortController()
  try {
    const release = await lock(entry.folder, {
      realpath: false,
      stale: staleMs,
      update: 1_000,
      onCompromised: (cause) =>
        lost.abort(new ChaosError('the lock was lost', { code: 'CHAOS_LOCK_LOST', cause })),
    })
    return {
      lost: lost.signal,
      [Symbol.asyncDispose]: async () => {
        // What was taken away cannot be given back: the folder is the new holder's.
        if (!lost.signal.aborted) await release()
      },
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ELOCKED') return undefined
    throw thrown
  }
}
