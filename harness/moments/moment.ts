// What a moment is: a logical position of a workflow, proven by an event of its history. Never a sleep.
import type { HistoryEvent } from '../history/event.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** A pending activity as `DescribeWorkflowExecution` tells of it. */
export interface PendingActivity {
  readonly activityId: string
  readonly isStarted: boolean
  readonly attempt: number
  /** The details of its last heartbeat that reached the server; undefined where there was none. */
  readonly heartbeat: unknown
}

export interface Moment {
  /** As it reads in "waited 60 s for …". */
  readonly name: string
  readonly run: WorkflowRun
  /**
   * True where the moment lasts only while what its event opened is open (a timer runs, an activity is pending):
   * a fault that was meant to strike in it is proven against the final history to have done so.
   */
  readonly lasting: boolean
  /**
   * Where history does not tell all: what the server's own view of the activity that the event scheduled must be.
   * Asked for again and again once the event has come.
   */
  readonly described?: (activity: PendingActivity) => boolean
  /** The event that brings it, in durable events in the order of their ids; undefined while it has not come. */
  find(events: readonly HistoryEvent[]): HistoryEvent | undefined
}
