// Panics in a service's log: those that it died of, and those that it recovered from and lived on.
import { isDiskFullMessage } from '../../core/disk-full.ts'

/** What Go and PostgreSQL say of themselves when they end by a defect of their own. */
const fatal = /^(?:panic|fatal error): |\bPANIC: /m

/** What the Temporal server logs of a panic in one of its handlers (common/log/panic.go, service/frontend/nexus_handler.go). */
const recovered = /^Panic (?:is )?captured$/

export interface LoggedPanic {
  readonly message: string
  /** How often it was logged. */
  readonly times: number
}

/** A panic ends the log of a service that has died; one for want of disk is nobody's defect. */
export function diedOfPanic(said: string): boolean {
  return fatal.test(said) && !isDiskFullMessage(said)
}

/**
 * The panics in the log of a Temporal server from an instant of the wall clock on, each once. Lines without a timestamp,
 * as Go's runtime writes them, are as old as the last one that has one.
 */
export function panicsIn(log: string, sinceMs: number): LoggedPanic[] {
  if (isDiskFullMessage(log)) return []
  const times = new Map<string, number>()
  let atMs = sinceMs
  for (const line of log.split('\n')) {
    atMs = timestampOf(line) ?? atMs
    const message = atMs < sinceMs ? undefined : panicIn(line)
    if (message !== undefined) times.set(message, (times.get(message) ?? 0) + 1)
  }
  return [...times].map(([message, count]) => ({ message, times: count }))
}

/** When a line of Temporal's JSON log was written; undefined for other lines, and for one that is not whole. */
export function timestampOf(line: string): number | undefined {
  const ts = /^\{.{0,40}"ts":"([^"]+)"/.exec(line)?.[1]
  const atMs = ts === undefined ? Number.NaN : Date.parse(ts)
  return Number.isNaN(atMs) ? undefined : atMs
}

function panicIn(line: string): string | undefined {
  if (!line.startsWith('{')) return fatal.test(line) ? line : undefined
  if (!line.includes('"msg":"Panic')) return undefined
  try {
    const { msg, error = msg } = JSON.parse(line) as { msg: string; error?: string }
    return recovered.test(msg) ? error : undefined
  } catch {
    return undefined // cut off in the middle
  }
}
