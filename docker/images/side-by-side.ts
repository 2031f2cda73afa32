// Work that goes on side by side: told on one line, and ended together where one of it fails.

/**
 * Each call makes a lane. What a lane was told last stands beside what the others were told last; an empty
 * text ends it.
 */
export function inLanes(onProgress: (text: string) => void): () => (text: string) => void {
  const slots: string[] = []
  return () => {
    const slot = slots.push('') - 1
    return (text) => {
      slots[slot] = text
      const told = slots.filter((each) => each !== '')
      if (told.length > 0) onProgress(told.join('; '))
    }
  }
}

/**
 * Resolves when all of it is done; leaves nothing going on behind it.
 * @param begin gets a signal that is aborted where one of the others fails, and when `signal` is
 * @throws what failed first, once the others have ended
 */
export async function allOrNone(
  signal: AbortSignal,
  begin: (signal: AbortSignal) => readonly Promise<void>[],
): Promise<void> {
  const failed = new AbortController()
  const work = begin(AbortSignal.any([signal, failed.signal]))
  await Promise.allSettled(
    work.map((each) =>
      each.catch((thrown: unknown) => {
        failed.abort(thrown)
      }),
    ),
  )
  if (failed.signal.aborted) throw failed.signal.reason
}
