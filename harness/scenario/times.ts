// Many of a kind at once, as scenarios want them.

/** What `make` makes, `count` times side by side; it is told which one, from 1. */
export function times<T>(count: number, make: (nth: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index + 1)))
}
