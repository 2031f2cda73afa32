// What was durable before the fault must still be there after it: the history captured until then is a prefix of
// the final one. Transient workflow task events carry no task id, are never stored, and are left out.
import { isDeepStrictEqual } from 'node:util'
import { eventName, eventNumber, isDurable } from '../history/event.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { faultsOf } from '../analysis/outage.ts'
import { findings, type Check } from './check.ts'

const name = 'history-prefix'

export const historyPrefix: Check = {
  name,
  find(record) {
    const messages = entriesOf(record.timeline, 'workflow').flatMap(({ workflowId, runId }) => {
      const final = new Map(finalHistory(record, runId).map((event) => [eventNumber(event), event]))
      if (final.size === 0) return [] // the check `completed` says that it could not be read
      const captured = record.captures.filter((one) => one.runId === runId).map(({ event }) => event)
      return captured.filter(isDurable).flatMap((event) => {
        const now = final.get(eventNumber(event))
        const what = `event ${event.eventId} ${eventName(event)} of ${workflowId}`
        if (now === undefined) return [`${what} was stored and is gone`]
        return isDeepStrictEqual(now, event)
          ? []
          : [`${what} was stored and is now another ${eventName(now)}`]
      })
    })
    return [...findings(name, 'safety', messages), ...findings(name, 'harness', unseen(record))]
  },
}

/** Workflows of whose history nothing was captured before the first fault: of those a prefix cannot be checked. */
function unseen(record: RunRecord): string[] {
  const [first] = faultsOf(record)
  if (first === undefined) return []
  const isBefore = ({ atMs }: { readonly atMs: number }) => atMs < first.startedAtMs
  return entriesOf(record.timeline, 'workflow')
    .filter(isBefore)
    .filter(({ runId }) => !record.captures.some((one) => one.runId === runId && isDurable(one.event)))
    .map(
      ({ workflowId }) => `nothing of the history of ${workflowId} was captured: its prefix was not checked`,
    )
}
