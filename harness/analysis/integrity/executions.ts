// The service's descriptions of the runs, against their histories: one of each run, and of that run.
import { eventTimeMs } from '../../history/event.ts'
import { mostIds } from '../../observations/executions.ts'
import { observationsOf, whyUnavailable, type RunRecord } from '../../record/record.ts'
import type { ObservationEntryOf } from '../../record/observation.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { doubled } from './header.ts'

type Execution = ObservationEntryOf<'execution'>

/** A description has the instant of the event. Lists are rounded by the database. */
const roundedMs = { describe: 0.01, list: 1 } as const

export function executionDamage(record: RunRecord, histories: readonly AlignedHistory[]): string[] {
  const executions = observationsOf(record, 'execution')
  const looks = observationsOf(record, 'visibility')
  // Older records have neither. Newer ones say so if the service was not asked.
  if (executions.length === 0 && looks.length === 0) return []
  if (whyUnavailable(record, 'execution') !== undefined) return []
  const described = executions.filter(({ source }) => source === 'describe')
  const known = new Set(described.map(({ runId }) => runId))
  const ids = new Set(observationsOf(record, 'history').map(({ workflowId }) => workflowId))
  const asked = new Set([...ids].slice(0, mostIds))
  return [
    ...(looks.length === 1 ? [] : [`the list of workflows was compared ${looks.length} times`]),
    ...looks
      .filter(({ tookMs, withinMs }) => tookMs < 0 || withinMs <= 0)
      .map(({ tookMs, withinMs }) => `${tookMs} ms are no time of a comparison, or ${withinMs} ms no limit`),
    ...doubled(executions.map(({ source, runId }) => `${runId} by ${source}`)).map(
      (what) => `the service told of run ${what} twice`,
    ),
    ...executions.flatMap((execution) => misnamed(execution, record, histories)),
    ...histories
      .filter(({ workflowId, runId }) => asked.has(workflowId) && !known.has(runId))
      .map(({ workflowId, runId }) => `nothing says how the service describes run ${runId} of ${workflowId}`),
  ]
}

function misnamed(
  { source, workflowId, runId, startedWallMs }: Execution,
  { timeline }: RunRecord,
  histories: readonly AlignedHistory[],
): string[] {
  const workflows = entriesOf(timeline, 'workflow')
  const own = workflows.find((one) => one.runId === runId)
  // A run that nobody of this record started is for a check of its own, but its workflow was asked for.
  const isKnown = own === undefined ? workflows.some((one) => one.workflowId === workflowId) : own.workflowId === workflowId // prettier-ignore
  const [first] = histories.find((one) => one.runId === runId)?.events ?? []
  const offMs = first === undefined ? 0 : startedWallMs - eventTimeMs(first)
  return [
    ...(isKnown ? [] : [`the service told of run ${runId} as one of ${workflowId}, which it is not`]),
    ...(Math.abs(offMs) < roundedMs[source]
      ? []
      : [`by ${source}, run ${runId} of ${workflowId} started ${offMs} ms after its first event`]),
  ]
}
