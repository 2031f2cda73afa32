import { setTimeout as delay } from 'node:timers/promises'

/** What was just started when its starter died shows late: only several empty looks in a row prove that nothing is left. */
const quietPasses = 3

/**
 * Repeats `pass`, which ends or removes what it finds, until three passes in a row find nothing.
 * @returns what the last pass found: empty unless `limitMs` ran out
 */
export async function untilQuiet<T>(
  { everyMs, limitMs }: { readonly everyMs: number; readonly limitMs: number },
  pass: () => readonly T[] | Promise<readonly T[]>,
): Promise<readonly T[]> {
  const endMs = performance.now() + limitMs
  let quiet = 0
  for (;;) {
    const found = await pass()
    quiet = found.length === 0 ? quiet + 1 : 0
    if (quiet === quietPasses || performance.now() > endMs) return found
    await delay(everyMs)
  }
}
