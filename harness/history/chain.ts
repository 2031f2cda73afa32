// How one run of a workflow leads to another: to a child, or to the next run (continue-as-new, retry, cron).
import { isClosing, textAttribute, type HistoryEvent } from './event.ts'
import type { WorkflowRun } from './workflow-run.ts'

export interface StartedRun extends WorkflowRun {
  readonly origin: 'chain' | 'child'
  /** The started workflow's type; that of the starting run if the event does not say. */
  readonly workflow: string | undefined
}

/** The run that this event of `run` reports; undefined if it reports none. */
export function startedBy(run: WorkflowRun, event: HistoryEvent): StartedRun | undefined {
  const workflow = textAttribute(event, 'workflowType', 'name')
  if (event.eventType === 'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED') {
    const { workflowId, runId } = childOf(event)
    return { workflowId, runId, origin: 'child', workflow }
  }
  const next = nextRunId(event)
  return next === undefined
    ? undefined
    : { workflowId: run.workflowId, runId: next, origin: 'chain', workflow }
}

/** The next run of the chain, which a run's last event names. */
export function nextRunId(event: HistoryEvent): string | undefined {
  return isClosing(event) ? textAttribute(event, 'newExecutionRunId') || undefined : undefined
}

function childOf(event: HistoryEvent): WorkflowRun {
  const text = (key: string) => {
    const value = textAttribute(event, 'workflowExecution', key)
    if (value !== undefined) return value
    throw new Error(`event ${event.eventId} reports a child without its ${key}`)
  }
  return { workflowId: text('workflowId'), runId: text('runId') }
}
