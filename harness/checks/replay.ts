// Workflow code must produce the same commands again from the stored history alone, with the same arguments, whatever the
// clock and whatever random numbers it can reach.
import type { WorkflowRun } from '../history/workflow-run.ts'
import { observationsOf, whyUnavailable } from '../record/record.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

export const replay: Check = {
  name: 'replay',
  promise: 'Every history replays against the workflow code: whole or from half of it, under any clock.',
  about: ['events'],
  judge({ record, histories: all }) {
    if (all.length === 0) return notChecked('no workflow was started')
    const lost = new Set(observationsOf(record, 'lost').map(({ runId }) => runId))
    const histories = all.filter(({ runId }) => !lost.has(runId))
    if (histories.length === 0) return notChecked('the service no longer knows the workflows that it started')
    const replays = new Map(observationsOf(record, 'replay').map((one) => [one.runId, one]))
    const broken = histories.flatMap(({ workflowId, runId }) => {
      const { error = null, way } = replays.get(runId) ?? {}
      const how = way === undefined ? '' : ` ${way}`
      return error === null ? [] : [`the history of ${workflowId} does not replay${how}: ${error}`]
    })
    const missing = histories.filter(({ runId }) => !replays.has(runId))
    const whyNot = new Map(observationsOf(record, 'unreplayed').map(({ runId, why }) => [runId, why]))
    const said = whyUnavailable(record, 'replay')
    // Without a reason the missing replays are the harness's failure.
    const unsaid = missing
      .filter(({ runId }) => said === undefined && !whyNot.has(runId))
      .map(({ workflowId }) => `${workflowId} was not replayed`)
    const found = [...findings('safety', broken), ...findings('harness', unsaid)]
    const [first] = missing
    if (first === undefined || broken.length > 0) return checked(found)
    return notChecked(
      said ?? unsaid[0] ?? whyNotReplayed(first, whyNot.get(first.runId), missing.length),
      found,
    )
  },
}

function whyNotReplayed({ workflowId }: WorkflowRun, why = '', count: number): string {
  const others = count === 1 ? '' : `, nor ${count - 1} more`
  return `${workflowId} was not replayed${others}: ${why}`
}
