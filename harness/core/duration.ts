// One way to write a duration for a person, wherever one is shown.

/** `870 ms`, `1.03 s`, `3 min 05 s`, `24 h 00 min`; a minus sign before what is negative. */
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

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
