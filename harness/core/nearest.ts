// Suggests the known name that the user probably meant.
import { closest, distance } from 'fastest-levenshtein'

/** The largest distance, relative to the name's length, at which a name is still suggested. */
const nearEnough = 0.5

/** `Did you mean tuned?`; undefined if no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const nearest = closest(name, known)
  return distance(name, nearest) <= nearest.length * nearEnough ? `Did you mean ${nearest}?` : undefined
}
