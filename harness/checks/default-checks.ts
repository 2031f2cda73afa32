// The checks that every run of every scenario is judged by.
import type { Check } from './check.ts'
import { claims } from './claims.ts'
import { completed } from './completed.ts'
import { effects } from './effects.ts'
import { faultProven } from './fault-proven.ts'
import { harnessHealth } from './harness-health.ts'
import { historyPrefix } from './history-prefix.ts'
import { messages } from './messages.ts'
import { momentHeld } from './moment-held.ts'
import { probes } from './probes.ts'
import { recovery } from './recovery.ts'
import { replay } from './replay.ts'
import { reportedErrors } from './reported-errors.ts'
import { result } from './result.ts'
import { serverPanics } from './server-panics.ts'
import { timerEarly } from './timer-early.ts'
import { workOpen } from './work-open.ts'

export const defaultChecks: readonly Check[] = [
  effects,
  result,
  messages,
  claims,
  historyPrefix,
  replay,
  timerEarly,
  serverPanics,
  faultProven,
  momentHeld,
  workOpen,
  reportedErrors,
  harnessHealth,
  completed,
  recovery,
  probes,
]
