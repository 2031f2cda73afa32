// Timers that fired late, though the server was up: the server's own lateness.
import { formatDuration } from '../../core/duration.ts'
import type { OpenObligation } from '../open-obligation.ts'
import { lasting, serverLateness, type Wait } from './wait.ts'

export function lateTimer({ subject, dueMs, latenessMs = 0 }: OpenObligation): Wait[] {
  const detail = `${subject} fired ${formatDuration(latenessMs)} late`
  return lasting({ name: serverLateness, setting: null, fromMs: dueMs, untilMs: dueMs + latenessMs, detail })
}

/**
 * The server reads its timers a second ahead, and moves one that is set for an earlier instant behind that.
 * So a shorter pause takes a second, too (1.32.2: `setTaskKeys` in
 * service/history/shard/task_key_generator.go).
 */
const readAhead = { setting: 'history.timerProcessorMaxTimeShift', ms: 1_000 } as const

/** @param what the timer was for. @param firedMs when its work was taken, so it is not later than that */
export function putOffTimer(
  what: string,
  { setMs, dueMs, firedMs }: { readonly setMs: number; readonly dueMs: number; readonly firedMs: number },
): Wait[] {
  const { setting, ms } = readAhead
  const untilMs = Math.min(setMs + ms, firedMs)
  const detail = `${what} was due after ${formatDuration(dueMs - setMs)}, and the server moves such short timers behind the ${formatDuration(ms)} that it has read ahead`
  return lasting({ name: serverLateness, setting, fromMs: dueMs, untilMs, detail })
}
