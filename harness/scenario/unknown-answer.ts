// Stand-ins for what only a real run can tell: reading anything unknown from one ends the dry run instead of inventing it.
import type { ChaosError } from '../core/errors.ts'

/** Ends the dry run. @returns what to throw for where it stopped */
export type OnUnknown = (what: string) => ChaosError

/**
 * An object of which only some fields are known.
 * @param what it is, as the reason for the end of the dry run names it
 */
export function standIn<T extends object>(
  what: string,
  known: Partial<Record<keyof T, unknown>>,
  onUnknown: OnUnknown,
): T {
  const proxy: unknown = new Proxy(known, {
    get(target, field) {
      if (field in target) return Reflect.get(target, field)
      // Awaiting a value asks for this; only a promise has it.
      if (field === 'then') return undefined
      throw onUnknown(what)
    },
    has: () => {
      throw onUnknown(what)
    },
    ownKeys: () => {
      throw onUnknown(what)
    },
  })
  return proxy as T
}
