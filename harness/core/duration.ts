// Durations as people read and write them. Temporal's own notation is in history/duration-attribute.ts.
import parse from 'parse-duration'

/** `870 ms`, `1.03 s`, `3 min 05 s`, `24 h 00 min`; with a minus sign if negative. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`
  const hundredths = Math.round(ms / 10)
  if (hundredths < 6000) return `${(hundredths / 100).toFixed(2)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

/** In whole seconds, for a text that changes every second: `9 s`, `3 min 05 s`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)
}

/** Only numbers with units. The library alone would ignore text that it does not know. */
const pattern = /^(\d+(\.\d+)?\s*(ms|s|m|min|h|d)\s*)+$/

/** Milliseconds of a text such as `90s` or `1h30m`; undefined if it is not a duration. */
export function parseDuration(text: string): number | undefined {
  return pattern.test(text.trim()) ? (parse(text) ?? undefined) : undefined
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
