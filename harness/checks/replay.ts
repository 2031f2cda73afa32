// The workflow code must come to the same commands again from the stored history alone.
import { observationsOf } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { findings, type Check } from './check.ts'

const name = 'replay'

export const replay: Check = {
  name,
  find(record) {
    const replays = observationsOf(record, 'replay')
    return entriesOf(record.timeline, 'workflow').flatMap(({ workflowId, runId }) => {
      const outcome = replays.find((one) => one.runId === runId)
      if (outcome === undefined) return findings(name, 'harness', [`${workflowId} was not replayed`])
      if (outcome.error === null) return []
      return findings(name, 'safety', [`the history of ${workflowId} does not replay: ${outcome.error}`])
    })
  },
}
