// Every workflow must have come to an end by the end of the run.
import { isClosing } from '../history/event.ts'
import { finalHistory } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { pendingBecause } from '../analysis/pending.ts'
import { findings, type Check } from './check.ts'

const name = 'completed'

export const completed: Check = {
  name,
  find(record) {
    const { timeline, header } = record
    const endedMs = entriesOf(timeline, 'ended').at(-1)?.atMs ?? header.deadlineMs
    return entriesOf(timeline, 'workflow').flatMap(({ workflowId, runId }) => {
      const history = finalHistory(record, runId)
      if (history.length === 0) {
        return findings(name, 'harness', [`the history of ${workflowId} could not be read at the run's end`])
      }
      if (history.some(isClosing)) return []
      const why = pendingBecause(history, header.wallAtZeroMs + endedMs)
      return findings(name, 'liveness', [`${workflowId} is still open; pending because ${why}`])
    })
  },
}
