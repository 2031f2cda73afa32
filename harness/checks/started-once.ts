// A start that is tried again must find the workflow that it made before. A second run of the same id, which no run of
// the chain and no parent started, does all of its work once more.
import { serverZeroMs } from '../record/header.ts'
import { observationsOf } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

/** Clocks and the server's rounding: an execution that began earlier is another run's. */
const marginMs = 1_000

export const startedOnce: Check = {
  name: 'started-once',
  promise: 'No workflow is started a second time: each run comes of its own start, parent or previous run.',
  about: ['chain'],
  judge({ record }) {
    const zeroMs = serverZeroMs(record.header)
    const executions = observationsOf(record, 'execution').filter(
      ({ startedWallMs }) => startedWallMs > zeroMs - marginMs,
    )
    const known = new Set(entriesOf(record.timeline, 'workflow').map(({ runId }) => runId))
    const unknown = new Map(
      executions.filter(({ runId }) => !known.has(runId)).map((execution) => [execution.runId, execution]),
    )
    const found = [...unknown.values()].map(({ workflowId, runId, startedWallMs, status }) => {
      const others = entriesOf(record.timeline, 'workflow').filter((run) => run.workflowId === workflowId)
      const first = others.map((run) => run.runId).join(', ')
      return `started twice: ${workflowId} has the run ${runId} (${status}), begun at ${((startedWallMs - zeroMs) / 1_000).toFixed(2)} s, which neither its runs (${first}) nor a parent started`
    })
    return checkedIf(executions, findings('safety', found), 'the service was not asked for its executions')
  },
}
