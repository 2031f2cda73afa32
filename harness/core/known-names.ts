// A record whose names a user types: asking it for another name says which ones there are.
import { UsageError, type ErrorCode } from './errors.ts'
import { didYouMean } from './nearest.ts'

export interface NameKind {
  /** What the names are of, as in "there is no workload ordr". */
  readonly what: string
  readonly code: ErrorCode
}

/** Whoever looks at a value asks for these: `await`, and whatever prints it. */
const askedByOthers = new Set(['then', 'toJSON', 'constructor'])

/** The same record. Reading an unknown name throws a UsageError with the nearest one. */
export function knownNames<T>(
  entries: Readonly<Record<string, T>>,
  { what, code }: NameKind,
): Readonly<Record<string, T>> {
  return new Proxy(entries, {
    get(target, name): T | undefined {
      if (typeof name !== 'string' || Object.hasOwn(target, name) || askedByOthers.has(name)) {
        return Reflect.get(target, name) as T | undefined
      }
      throw unknownName(name, Object.keys(target), { what, code })
    },
  })
}

export function unknownName(name: string, known: readonly string[], { what, code }: NameKind): UsageError {
  return new UsageError(
    `there is no ${what} ${JSON.stringify(name)}`,
    didYouMean(name, known) ??
      (known.length === 0 ? `There is none here.` : `There are: ${known.join(', ')}.`),
    code,
  )
}
