// Promises that something else goes on beside.

/** The same promise: what it rejects with is thrown where it is waited for, and until then counts as handled. */
export function markHandled<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}
