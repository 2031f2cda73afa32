// The payloads of effects: how they are compared, and which ones the ledger can keep.
import { isDeepStrictEqual } from 'node:util'

/** Whether two payloads are the same JSON. An absent payload and `null` are the same. */
export function isSamePayload(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one ?? null, other ?? null)
}

/** Without recursion, since the value may be nested deeper than the stack allows. */
export function isNestedDeeperThan(levels: number, value: unknown): boolean {
  let layer: unknown[] = [value]
  for (let level = 0; level <= levels; level += 1) {
    layer = layer.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
    if (layer.length === 0) return false
  }
  return true
}
