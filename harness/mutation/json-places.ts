// The values in a JSON value, each with the path to it.

export interface Place {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}

/** Every text, number, boolean and null in a value. */
export function leavesOf(value: unknown, path: Place['path'] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return entriesIn(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

/** Every value in a value, whole objects and lists among them, but not the value itself. */
export function placesIn(value: unknown, path: Place['path'] = []): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return entriesIn(value).flatMap(([key, inner]) => {
    const place = { path: [...path, key], value: inner }
    return [place, ...placesIn(inner, place.path)]
  })
}

/** A copy with another value at the path; without the field if it is undefined. */
export function withValue(value: unknown, [key, ...rest]: Place['path'], changed: unknown): unknown {
  if (key === undefined) return changed
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) => (index === key ? withValue(inner, rest, changed) : inner))
  }
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [key]: withValue(Reflect.get(value, key), rest, changed) }
}

function entriesIn(value: object): [string | number, unknown][] {
  return Array.isArray(value)
    ? value.map((inner, index): [number, unknown] => [index, inner])
    : Object.entries(value)
}
