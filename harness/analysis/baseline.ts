// The speed of the same machine without faults: the baseline for recovery figures.
import { probeWorkName } from '../core/probe-contract.ts'
import { median } from 'simple-statistics'
import { isClosing } from '../history/event.ts'
import { entriesOf } from '../record/timeline.ts'
import type { RunResult } from '../result/campaign-result.ts'
import type { AlignedHistory } from './aligned-history.ts'
import type { RunAnalysis } from './analyse.ts'

/** Counts only workflows that had their first task, or their end, before the first fault. */
export function baselineOf({ record, histories, outages }: RunAnalysis): RunResult['baseline'] {
  const firstFaultMs = outages[0]?.fromMs ?? Infinity
  const isBefore = (atMs: number) => atMs < firstFaultMs
  const whole = new Set(
    entriesOf(record.timeline, 'workflow')
      .filter(({ origin, workflow }) => origin === 'probe' && workflow === probeWorkName)
      .map(({ runId }) => runId),
  )
  const starts = histories.flatMap((history) => spanMs(history, isFirstTask, isBefore))
  const ends = histories
    .filter(({ runId }) => whole.has(runId))
    .flatMap((history) => spanMs(history, isClosing, isBefore))
  return { startLatencyMs: medianOf(starts), endToEndMs: medianOf(ends) }
}

type Event = AlignedHistory['events'][number]

function isFirstTask({ eventType }: Event): boolean {
  return eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED'
}

/**
 * From a history's first event to the first one for which `isEnd` holds; empty unless that came before the
 * fault.
 */
function spanMs(
  { events, at }: AlignedHistory,
  isEnd: (event: Event) => boolean,
  isBefore: (atMs: number) => boolean,
): number[] {
  const [first] = events
  const end = events.find(isEnd)
  if (first === undefined || end === undefined || !isBefore(at(end))) return []
  return [at(end) - at(first)]
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : median([...values])
}
