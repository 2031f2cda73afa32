// Watches the timelines of a campaign's runs in another process.
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Deadline } from '../../harness/core/deadline.ts'
import { timelineEntrySchema, type TimelineEntry } from '../../harness/record/timeline.ts'
import type { Place } from './place.ts'
import { recordFiles } from '../../harness/record/files.ts'

/** Resolves once the timeline of some run at the place has an entry for which `isIt` holds. */
export async function recorded(
  { reports }: Pick<Place, 'reports'>,
  isIt: (entry: TimelineEntry) => boolean,
): Promise<TimelineEntry> {
  return await Deadline.after(60_000).poll(async () => timelineEntries(reports).find(isIt), {
    what: 'an entry of a timeline',
    everyMs: 5,
    code: 'CHAOS_TEST_NOT_RECORDED',
  })
}

function timelineEntries(reports: string): TimelineEntry[] {
  if (!existsSync(reports)) return []
  return globSync(path.join('*', 'runs', '*', '*', recordFiles.timeline), { cwd: reports }).flatMap((file) =>
    // The last line may be incomplete or empty.
    readFileSync(path.join(reports, file), 'utf8').split('\n').slice(0, -1).map(parsed),
  )
}

function parsed(line: string): TimelineEntry {
  return timelineEntrySchema.parse(JSON.parse(line))
}
