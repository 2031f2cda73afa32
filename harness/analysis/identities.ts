// Which incarnation polled by an identity at an instant. Some workers use one identity at every start. Their
// incarnations are told apart by time, as long as no two of them lived at once.
import { entriesOf, type TimelineEntry } from '../record/timeline.ts'

/** The label of the incarnation that polled by this identity then; undefined if that cannot be known. */
export type OwnerAt = (identity: string, atMs: number) => string | undefined

interface Life {
  readonly label: string
  readonly spawnedMs: number
  /** Infinity if it never was. */
  readonly readyMs: number
  /** Infinity if it has not. */
  readonly exitedMs: number
}

/** @param unlearnt the identities of an incarnation of which none were learnt */
export function ownersOf(
  timeline: readonly TimelineEntry[],
  unlearnt: (label: string) => readonly string[] = () => [],
): OwnerAt {
  const learnt = entriesOf(timeline, 'incarnation').flatMap(
    ({ identity: label, identities = unlearnt(label) }) =>
      identities.map((identity) => ({ identity, label })),
  )
  const lives = new Map(
    [...Map.groupBy(learnt, ({ identity }) => identity)].map(([identity, owners]) => {
      const labels = new Set(owners.map(({ label }) => label))
      return [identity, [...labels].map((label) => lifeOf(label, timeline)).toSorted(bySpawn)] as const
    }),
  )
  return (identity, atMs) => ownerAmong(lives.get(identity) ?? [], atMs)
}

/** @param lives of those that use one identity, in the order of their starts */
function ownerAmong(lives: readonly Life[], atMs: number): string | undefined {
  const begun = lives.filter(({ spawnedMs }) => spawnedMs <= atMs)
  const newest = begun.at(-1) ?? lives[0]
  // Alone with its identity, whatever small difference there is between the clocks.
  if (newest === undefined || lives.length === 1 || begun.length < 2) return newest?.label
  const before = begun.slice(0, -1)
  // Until it is ready, the service may hand work to a poll of the one that died.
  const isKnown = newest.readyMs <= atMs && before.every(({ exitedMs }) => exitedMs <= atMs)
  return isKnown ? newest.label : undefined
}

function lifeOf(label: string, timeline: readonly TimelineEntry[]): Life {
  const its = entriesOf(timeline, 'incarnation').filter(({ identity }) => identity === label)
  const atMs = (wanted: 'spawned' | 'ready') => its.find(({ phase }) => phase === wanted)?.atMs
  const exit = entriesOf(timeline, 'exited').find(({ identity }) => identity === label)
  return {
    label,
    spawnedMs: atMs('spawned') ?? its[0]?.atMs ?? 0,
    readyMs: atMs('ready') ?? Infinity,
    exitedMs: exit?.atMs ?? Infinity,
  }
}

function bySpawn(a: Life, b: Life): number {
  return a.spawnedMs - b.spawnedMs
}
