// Facts about a part of the state: labels with values. Facts with one label have no order.
import type { Facts } from '../../record/golden.ts'

export type Fact = readonly [label: string, value: unknown]

export function factsOf(facts: Iterable<Fact>): Facts {
  const byLabel = Map.groupBy(facts, ([label]) => label)
  return Object.fromEntries(
    [...byLabel].map(([label, same]) => [label, same.map(([, value]) => value ?? null).toSorted(byText)]),
  )
}

/** How often each label occurs. */
export function countsOf(labels: readonly string[]): Facts {
  const byLabel = Map.groupBy(labels, (label) => label)
  return Object.fromEntries([...byLabel].map(([label, same]) => [label, [same.length]]))
}

/** Any order, as long as it is the same for the same values. */
export function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one) ?? '', JSON.stringify(other) ?? '']
  return a < b ? -1 : Number(a > b)
}
