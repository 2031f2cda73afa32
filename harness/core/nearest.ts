// The name that was probably meant by one that is not there.
import { closest, distance } from 'fastest-levenshtein'

/** How far off a name may be to be offered as the one that was meant. */
const nearEnough = 0.5

/** `Did you mean tuned?`; undefined where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const nearest = closest(name, known)
  return distance(name, nearest) <= nearest.length * nearEnough ? `Did you mean ${nearest}?` : undefined
}
