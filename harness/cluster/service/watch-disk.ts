// A database without room answers its errors and lives on: nothing dies of it, work just stops. Its log tells it at once.
import { setInterval } from 'node:timers/promises'
import { ChaosError } from '../../core/errors.ts'
import { isDiskFullMessage } from '../../core/disk-full.ts'
import { tailOf, type Log } from '../../processes/log-tail.ts'
import type { ClusterLifecycle } from './cluster-lifecycle.ts'

const everyMs = 2_000

/**
 * Until the life's end: a database that runs out of room ends it with `CHAOS_DISK_FULL`.
 * @param every how often its log is looked at, in milliseconds
 */
export async function watchDisk(
  { signal, fail }: Pick<ClusterLifecycle, 'signal' | 'fail'>,
  log: Log,
  every = everyMs,
): Promise<void> {
  try {
    for await (const _ of setInterval(every, undefined, { signal, ref: false })) {
      if (!isDiskFullMessage(await log.end())) continue
      fail(
        new ChaosError(
          `postgres has no room left on its disk; the end of its log:\n${await tailOf(log, 8)}`,
          {
            code: 'CHAOS_DISK_FULL',
            hint: log.disk.whenFull,
          },
        ),
      )
      return
    }
  } catch {
    // The cluster has ended, or its engine: who watches its services tells that.
  }
}
