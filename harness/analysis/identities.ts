// Which incarnation polls by which identity. Workers choose their identities, and some use one at every start.
import { entriesOf, type TimelineEntry } from '../record/timeline.ts'

/**
 * The labels of incarnations by identity. One that several incarnations use is left out: nobody knows which of them was seen.
 * @param unlearnt the identities of an incarnation of which none were learnt
 */
export function labelsByIdentity(
  timeline: readonly TimelineEntry[],
  unlearnt: (label: string) => readonly string[] = () => [],
): ReadonlyMap<string, string> {
  const learnt = entriesOf(timeline, 'incarnation').flatMap(
    ({ identity: label, identities = unlearnt(label) }) =>
      identities.map((identity) => ({ identity, label })),
  )
  const byIdentity = [...Map.groupBy(learnt, ({ identity }) => identity)]
  return new Map(
    byIdentity.flatMap(([identity, owners]) => {
      const [only, ...others] = new Set(owners.map(({ label }) => label))
      return only === undefined || others.length > 0 ? [] : [[identity, only] as const]
    }),
  )
}
