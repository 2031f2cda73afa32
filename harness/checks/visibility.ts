// Lists of workflows may lag behind, but not for good: within a stated time they agree with the descriptions.
// And these agree with the histories.
import type { RunAnalysis } from '../analysis/analyse.ts'
import { isClosing } from '../history/event.ts'
import type { ObservationEntryOf } from '../record/observation.ts'
import { observationsOf } from '../record/record.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { attributeText, isSameAttribute } from './same-attribute.ts'

type Execution = ObservationEntryOf<'execution'>

export const visibility: Check = {
  name: 'visibility',
  promise: 'Within 10 s of the end, visibility and the description of every workflow agree with its history.',
  about: ['visibility'],
  judge({ record, historyOf }) {
    const looked = observationsOf(record, 'visibility').at(-1)
    const executions = observationsOf(record, 'execution')
    const listed = new Map(
      executions.filter(({ source }) => source === 'list').map((one) => [one.runId, one]),
    )
    const described = looked === undefined ? [] : executions.filter(({ source }) => source === 'describe')
    const afterS = ((looked?.tookMs ?? 0) / 1_000).toFixed(1)
    const found = described.flatMap((execution) => [
      ...unlikeHistory(execution, historyOf),
      ...unlikeList(execution, listed.get(execution.runId), afterS),
    ])
    return checkedIf(described, findings('safety', found), 'visibility was not asked')
  },
}

/** The history was read before the description, so a run that was open may have closed in between. */
function unlikeHistory(
  { workflowId, runId, status }: Execution,
  historyOf: RunAnalysis['historyOf'],
): string[] {
  const closing = historyOf(runId)?.events.find(isClosing)?.eventType
  const ended = closing?.replace('EVENT_TYPE_WORKFLOW_EXECUTION_', '') ?? status
  return ended === status
    ? []
    : [`${workflowId} (run ${runId}) is ${status} as the service describes it, and by its history ${ended}`]
}

function unlikeList(
  { workflowId, runId, status, memo, searchAttributes }: Execution,
  shown: Execution | undefined,
  afterS: string,
): string[] {
  const of = `${workflowId} (run ${runId})`
  const still = `still ${afterS} s after the end`
  if (shown?.status !== status)
    return [
      `${of} is ${status}, and in the list of workflows it is ${shown?.status ?? 'not there'}, ${still}`,
    ]
  // What an open workflow sets may be on its way to the list.
  if (status === 'RUNNING') return []
  const differing = [
    ...unlike('memo', memo, shown.memo),
    ...unlike('search attribute', searchAttributes, shown.searchAttributes),
  ]
  return differing.map((what) => `${what}, ${still} of ${of}`)
}

type Data = Execution['memo']

function unlike(what: string, described: Data, listed: Data): string[] {
  return [...new Set([...Object.keys(described), ...Object.keys(listed)])]
    .filter((key) => !isSameAttribute(described[key], listed[key]))
    .map(
      (key) =>
        `${what} ${key} is ${attributeText(described[key])}, and in the list of workflows ${attributeText(listed[key])}`,
    )
}
