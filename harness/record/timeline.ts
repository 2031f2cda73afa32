// The timeline: all entries of a run, in order, on the run's clock. Each family has a file in `timeline/`.
import { z } from 'zod'
import { failureEntries } from './timeline/failure.ts'
import { faultEntries } from './timeline/fault.ts'
import { messageEntries } from './timeline/message.ts'
import { momentEntries } from './timeline/moment.ts'
import { queryEntries } from './timeline/query.ts'
import { scenarioEntries } from './timeline/scenario.ts'
import { workerEntries } from './timeline/worker.ts'
import { workflowEntries } from './timeline/workflow.ts'

export const timelineEntrySchema = z.discriminatedUnion('kind', [
  ...scenarioEntries,
  ...workflowEntries,
  ...messageEntries,
  ...queryEntries,
  ...momentEntries,
  ...faultEntries,
  ...workerEntries,
  ...failureEntries,
])
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

type Kind = TimelineEntry['kind']
export type EntryOf<K extends Kind> = Extract<TimelineEntry, { kind: K }>

/** The entries of one kind, in order. */
export function entriesOf<K extends Kind>(timeline: readonly TimelineEntry[], kind: K): EntryOf<K>[] {
  return timeline.filter((entry): entry is EntryOf<K> => entry.kind === kind)
}
