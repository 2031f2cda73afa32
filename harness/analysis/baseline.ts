// How fast the same machine does work that no fault touches: what the recovery figures are to be held against.
import { median } from 'simple-statistics'
import { isClosing } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { alignedHistories, type AlignedHistory } from './aligned-history.ts'

/** Of the workflows that began, and had their first task or their end, before the first fault. */
export function baselineOf(record: RunRecord): RunResult['baseline'] {
  const firstFaultMs = entriesOf(record.timeline, 'fault')[0]?.atMs ?? Infinity
  const isBefore = (atMs: number) => atMs < firstFaultMs
  const whole = new Set(
    entriesOf(record.timeline, 'workflow')
      .filter(({ origin, workflow }) => origin === 'probe' && workflow === 'probeWork')
      .map(({ runId }) => runId),
  )
  const histories = alignedHistories(record)
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

/** From a history's first event until the first that `isEnd`, where that was before the fault. */
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
