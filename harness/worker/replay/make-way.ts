// Whatever replays works beside runs that are being timed: they go first.
import { writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import type { Spawned } from '../../processes/session.ts'

/** A third of what others get of a core. The lowest priority starves on a busy machine: a replay took over 30 s at a load of 6. */
const niceness = 5

/**
 * Linux shares a core between sessions first where it groups processes by them (sched(7), autogroup), and every child has
 * a session of its own: its priority would count for nothing. Not there on other systems, or where it is switched off.
 */
export async function makeWay({ pid, exit }: Pick<Spawned, 'pid' | 'exit'>): Promise<void> {
  if (exit !== null) return
  try {
    setPriority(pid, niceness)
  } catch (thrown) {
    // It has ended, and the event is on its way.
    if ((thrown as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw thrown
  }
  await writeFile(`/proc/${pid}/autogroup`, String(niceness)).catch(() => undefined)
}
