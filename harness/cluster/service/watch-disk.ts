// A database on a full disk answers with errors and goes on running, so work just stops. Only its log names
// the reason.
import { setInterval } from 'node:timers/promises'
import { ChaosError } from '../../core/errors.ts'
import { isDiskFullMessage } from '../../core/disk-full.ts'
import { tailOf, type Log } from '../../processes/log-tail.ts'
import type { ClusterLifecycle } from './cluster-lifecycle.ts'

const everyMs = 2_000

/**
 * Watches until the cluster ends. A full disk ends the cluster with `CHAOS_DISK_FULL`.
 * @param every interval between two looks at the log, in milliseconds
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
    // The cluster or its engine has ended; its services report that.
  }
}
