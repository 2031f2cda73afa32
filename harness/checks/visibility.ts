// Lists of workflows may lag behind, but not for good: within a stated time they say what the service itself says.
import { observationsOf } from '../record/record.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const visibility: Check = {
  name: 'visibility',
  promise: 'Within 10 s of the end, visibility lists every workflow with the status that it has.',
  about: ['visibility'],
  judge({ record }) {
    const looked = observationsOf(record, 'visibility').at(-1)
    const executions = observationsOf(record, 'execution')
    const listed = new Map(
      executions.filter(({ source }) => source === 'list').map((one) => [one.runId, one]),
    )
    const described = looked === undefined ? [] : executions.filter(({ source }) => source === 'describe')
    const found = described.flatMap(({ workflowId, runId, status }) => {
      const shown = listed.get(runId)?.status ?? 'not there'
      if (shown === status) return []
      const afterS = ((looked?.tookMs ?? 0) / 1_000).toFixed(1)
      return [
        `${workflowId} (run ${runId}) is ${status}, and in the list of workflows it is ${shown}, still ${afterS} s after the end`,
      ]
    })
    return checkedIf(described, findings('safety', found), 'visibility was not asked')
  },
}
