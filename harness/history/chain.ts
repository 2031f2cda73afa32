// How one run of a workflow leads to others: the next run of its chain (continue-as-new, retry, cron), or a child.
import { isClosing, textAttribute, type HistoryEvent } from './event.ts'
import type { WorkflowRun } from './workflow-run.ts'

export interface StartedRun extends WorkflowRun {
  readonly origin: 'chain' | 'child'
  /** The workflow's type; that of its chain where the event does not say. */
  readonly workflow: string | undefined
}

/** The run that this event of `run` tells of; undefined where it tells of none. */
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
    throw new Error(`event ${event.eventId} tells of a child without its ${key}`)
  }
  return { workflowId: text('workflowId'), runId: text('runId') }
}
