// The workflow task that consumed the outcome: the worker replays the history and runs workflow code.
import { linkedEvent } from '../../history/event.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import type { OpenObligation } from '../open-obligation.ts'
import { lasting, type Wait } from './wait.ts'

export function workflowCode(
  { settledBy, settledMs }: OpenObligation,
  { events, at }: AlignedHistory,
): Wait[] {
  if (settledBy === undefined || settledMs === null) return []
  const started = linkedEvent(settledBy, 'startedEventId', events)
  if (started === undefined) return []
  return lasting({ name: 'replay and workflow code', setting: null, fromMs: at(started), untilMs: settledMs })
}
