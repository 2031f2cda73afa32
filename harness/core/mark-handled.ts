/** Returns the same promise and prevents an unhandled rejection until somebody awaits it. */
export function markHandled<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}
