// Words for what takes long: at once, and then every second for as long as it lasts.
import { monotonicMs } from '../../core/clock.ts'

/** Calls `report` now and about once a second with the time since, until disposed of. */
export function everySecond(report: (elapsed: string) => void): Disposable {
  const startedMs = monotonicMs()
  const runScenario = (): void => report(duration(monotonicMs() - startedMs))
  runScenario()
  const timer = setInterval(runScenario, 1_000)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** `9 s`, `3 min 5 s` */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `12.3 of 91.0 MB (14 %)`, or `12.3 MB` where the whole is not known. */
export function transferred(bytes: number, totalBytes: number | undefined): string {
  const megabytes = (n: number): string => (n / 1_000_000).toFixed(1)
  if (totalBytes === undefined || totalBytes === 0) return `${megabytes(bytes)} MB`
  return `${megabytes(bytes)} of ${megabytes(totalBytes)} MB (${Math.floor((bytes / totalBytes) * 100)} %)`
}
