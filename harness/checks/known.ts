// A workflow that the service started must still be there at the run's end: a database that confirmed what it did not
// store loses whole workflows, and then nothing of them is left to find a fault in.
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import type { RunAnalysis } from '../analysis/analyse.ts'
import { observationsOf } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const known: Check = {
  name: 'known',
  promise: 'The service still knows every workflow that it started.',
  about: ['chain'],
  judge(analysis) {
    const { record, histories } = analysis
    const lost = observationsOf(record, 'lost')
    const lookedAt = [...lost, ...histories.filter(({ events }) => events.length > 0)]
    const found = lost.map((run) => describe(run, analysis))
    return checkedIf(lookedAt, findings('safety', found), 'no history could be read')
  },
}

interface Lost extends Pick<AlignedHistory, 'workflowId' | 'runId'> {
  readonly message: string
}

function describe({ workflowId, runId, message }: Lost, { record, messages }: RunAnalysis): string {
  const started = entriesOf(record.timeline, 'workflow').find((entry) => entry.runId === runId)
  const events = record.captures.filter((captured) => captured.runId === runId).length
  const accepted = messages.filter((one) => one.workflowId === workflowId && one.answer === 'accepted').length
  const since = started === undefined ? '' : ` was started at ${(started.atMs / 1_000).toFixed(2)} s;`
  return (
    `lost: ${workflowId} (run ${runId})${since} ${events} of its events were captured and ${accepted} messages to it ` +
    `were accepted, and at the run's end the service does not know it: ${message}`
  )
}
