// The messages from a harness to its guard, one JSON object a line, and the guard's two answers.
import type { ProcessId } from '../processes/process-row.ts'

export type GuardMessage =
  | { readonly type: 'watch'; readonly child: ProcessId }
  | { readonly type: 'forget'; readonly pid: number }
  /** The harness is about to freeze a process that is not its own: to be resumed if the harness dies. */
  | { readonly type: 'frozen'; readonly target: ProcessId }
  | { readonly type: 'resumed'; readonly pid: number }
  /** The session is closed and clean: leave. */
  | { readonly type: 'dismiss' }

export const guardReady = 'ready\n'
/** Something cannot be removed yet. The guard goes on trying; the harness need not wait. */
export const guardStays = 'stays\n'

/**
 * Undefined for a line that was cut off by the harness's death: the guard then finds that child by its mark.
 */
export function parseMessage(line: string): GuardMessage | undefined {
  try {
    return JSON.parse(line) as GuardMessage
  } catch {
    return undefined
  }
}
