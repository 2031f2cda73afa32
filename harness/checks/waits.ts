// Everything that the scenario waited for must come. The run records only that it did not; its meaning
// depends on the rest.
import { unmetErrors } from '../analysis/unmet-errors.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import type { Finding } from '../result/check-result.ts'
import { checkedIf, type Check } from './check.ts'

export const waits: Check = {
  name: 'waits',
  promise: 'Everything that the scenario waited for came.',
  judge({ record: { timeline } }) {
    const awaited = [...entriesOf(timeline, 'awaited'), ...entriesOf(timeline, 'moment')]
    const found = unmetErrors(timeline, 'waits').map((error): Finding => {
      const { code, message, hint } = error
      const finding = { code, message, ...(hint === undefined ? {} : { hint }) }
      const kind = meaningOf(error, timeline)
      if (kind === 'assumption') return { kind, ...finding }
      return { kind, ...finding, ...windowOf(error, timeline) }
    })
    return checkedIf(awaited, found, 'the scenario waited for nothing')
  },
}

/**
 * Work that did not continue breaks the promise. A moment missing before the fault leaves the promise
 * untested.
 */
function meaningOf(error: EntryOf<'error'>, timeline: readonly TimelineEntry[]): 'assumption' | 'liveness' {
  switch (error.code) {
    case 'CHAOS_WORKFLOW_OPEN':
    case 'CHAOS_MESSAGE_UNANSWERED':
    case 'CHAOS_PROBE_UNANSWERED':
      return 'liveness'
    case 'CHAOS_MOMENT_NOT_REACHED':
      return wasFaultBefore(error, timeline) ? 'liveness' : 'assumption'
    default:
      return 'assumption'
  }
}

/** From when the wait began; nothing if the scenario did not announce it. */
function windowOf({ subject, atMs }: EntryOf<'error'>, timeline: readonly TimelineEntry[]) {
  const awaited = entriesOf(timeline, 'awaited').findLast((entry) => entry.subject === subject)
  return awaited === undefined ? {} : { window: { fromMs: awaited.atMs, untilMs: atMs } }
}

/** Whether a fault came before the wait began. A fault during the wait does not count. */
function wasFaultBefore({ subject }: EntryOf<'error'>, timeline: readonly TimelineEntry[]): boolean {
  const awaitedAt = timeline.findLastIndex((entry) => entry.kind === 'awaited' && entry.subject === subject)
  const faultAt = timeline.findIndex(({ kind }) => kind === 'fault')
  return faultAt !== -1 && faultAt < awaitedAt
}
