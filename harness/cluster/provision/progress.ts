// Progress texts for work that takes long.
import { monotonicMs } from '../../core/clock.ts'
import { formatElapsed } from '../../core/duration.ts'

/** Calls `report` with the time since now: at once and then every second, until it is disposed of. */
export function everySecond(report: (elapsed: string) => void): Disposable {
  const startedMs = monotonicMs()
  const tell = (): void => report(formatElapsed(monotonicMs() - startedMs))
  tell()
  const timer = setInterval(tell, 1_000)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** `12.3 of 91.0 MB (14 %)`, or `12.3 MB` if the whole is not known. */
export function transferred(bytes: number, totalBytes: number | undefined): string {
  const megabytes = (n: number): string => (n / 1_000_000).toFixed(1)
  if (totalBytes === undefined || totalBytes === 0) return `${megabytes(bytes)} MB`
  return `${megabytes(bytes)} of ${megabytes(totalBytes)} MB (${Math.floor((bytes / totalBytes) * 100)} %)`
}
