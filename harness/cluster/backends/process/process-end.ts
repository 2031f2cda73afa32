// Ends a child process of a cluster: cleanly if there is time, else by SIGKILL.
import { setTimeout as delay } from 'node:timers/promises'
import type { Spawned } from '../../../processes/session.ts'
import { killTree, signalTree } from '../../../processes/process-tree.ts'

const discardMs = 1_000

/** True if it has exited within `ms`. */
export async function exitsWithin(child: Spawned, ms: number): Promise<boolean> {
  const over = new AbortController()
  const timeout = delay(ms, false, { signal: over.signal }).catch(() => false)
  const exited = await Promise.race([child.exited.then(() => true), timeout])
  over.abort()
  return exited
}

/** Ends a child that nobody needs any more, even if it is paused. */
export async function discard(child: Spawned, signal: NodeJS.Signals): Promise<void> {
  if (child.exit !== null) return
  if (signal !== 'SIGKILL') {
    // Stopped processes see no other signal.
    signalTree(child.pid, 'SIGCONT')
    child.signal(signal)
    if (await exitsWithin(child, discardMs)) return
  }
  killTree(child.pid)
  await child.exited
}
