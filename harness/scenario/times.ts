/** Calls `make` `count` times concurrently, with the number of the call, from 1. */
export function times<T>(count: number, make: (nth: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index + 1)))
}
