// A timer that fired late, though the server was up: the server's own lateness.
import { formatDuration } from '../../core/duration.ts'
import type { OpenObligation } from '../open-obligation.ts'
import { lasting, serverLateness, type Wait } from './wait.ts'

export function lateTimer({ subject, dueMs, latenessMs = 0 }: OpenObligation): Wait[] {
  const detail = `${subject} fired ${formatDuration(latenessMs)} late`
  return lasting({ name: serverLateness, setting: null, fromMs: dueMs, untilMs: dueMs + latenessMs, detail })
}
