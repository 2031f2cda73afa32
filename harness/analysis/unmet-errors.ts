// Errors of kind `unmet` say that something did not come, and not what that means. One check decides about each of them.
import { entriesOf, type EntryOf, type TimelineEntry } from '../record/timeline.ts'

/** The checks that decide about the errors with these codes. All others belong to `waits`. */
const owners = {
  CHAOS_CAPABILITY_MISSING: 'fault-proven',
  CHAOS_FAULT_UNAVAILABLE: 'fault-proven',
  CHAOS_FAULT_UNPROVEN: 'fault-proven',
  CHAOS_QUEUE_UNPOLLED: 'still-serving',
  CHAOS_SERVICE_PANICKED: 'server-panics',
  CHAOS_WORKER_DIED: 'workers-live',
  CHAOS_WORKER_NOT_READY: 'workers-live',
} as const satisfies Readonly<Record<`CHAOS_${string}`, string>>

type Owner = (typeof owners)[keyof typeof owners] | 'waits'

/** The `unmet` errors that this check decides about. */
export function unmetErrors(timeline: readonly TimelineEntry[], check: Owner): EntryOf<'error'>[] {
  return entriesOf(timeline, 'error').filter(
    ({ errorKind, code }) => errorKind === 'unmet' && ownerOf(code) === check,
  )
}

function ownerOf(code: string): Owner {
  return Object.hasOwn(owners, code) ? owners[code as keyof typeof owners] : 'waits'
}
