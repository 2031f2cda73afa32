// Divides the time that an obligation waited among the waits that held it back. Several may last at once, as when
// a timeout runs while a worker starts. Then the time belongs to the wait that ends last: without it, the others
// would have been over sooner, and without them nothing would have changed.
import type { WaitInterval } from '../open-obligation.ts'
import type { Wait } from './wait.ts'

export interface Share {
  readonly wait: Wait
  readonly ms: number
}

/** How much of the intervals each wait decided, the largest share first; waits without any are left out. */
export function sharesOf(waits: readonly Wait[], intervals: readonly WaitInterval[]): Share[] {
  const shares = new Map<Wait, number>()
  for (const interval of intervals) {
    const edges = [...new Set([interval, ...waits].flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]))]
      .filter((ms) => ms >= interval.fromMs && ms <= interval.untilMs)
      .toSorted((a, b) => a - b)
    for (const [index, fromMs] of edges.slice(0, -1).entries()) {
      const untilMs = edges[index + 1] ?? fromMs
      const decisive = decisiveIn(waits, { fromMs, untilMs })
      if (decisive !== undefined) shares.set(decisive, (shares.get(decisive) ?? 0) + untilMs - fromMs)
    }
  }
  return [...shares].map(([wait, ms]) => ({ wait, ms })).toSorted((a, b) => b.ms - a.ms)
}

function decisiveIn(waits: readonly Wait[], { fromMs, untilMs }: WaitInterval): Wait | undefined {
  return waits
    .filter((wait) => wait.fromMs <= fromMs && wait.untilMs >= untilMs)
    .reduce<Wait | undefined>(
      (last, wait) => (last !== undefined && last.untilMs >= wait.untilMs ? last : wait),
      undefined,
    )
}
