// What a moment is: a position in the work that something observable proves. Never a sleep.
import type { HistoryEvent } from '../history/event.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** The code of the error that a moment was over before anything could show it. */
export const momentPassedCode = 'CHAOS_MOMENT_PASSED'

/** Where the proof of a moment comes from; a new source is a new member of this union. */
export type Moment = HistoryMoment | ServerViewMoment

interface MomentOfWorkflow {
  /** As it reads in "waited 60 s for …". */
  readonly name: string
  readonly run: WorkflowRun
  /**
   * The moment lasts only while what its event opened is open: a timer runs, an activity is pending. A fault that is
   * injected in such a moment must be proven against the final history to have struck in it.
   */
  readonly lasting: boolean
}

/** An event of the workflow's history proves it. */
export interface HistoryMoment extends MomentOfWorkflow {
  readonly source: 'history'
  /** The event that brings it, among durable events in the order of their ids; undefined until it has come. */
  find(events: readonly HistoryEvent[]): HistoryEvent | undefined
}

/** History shows that an activity was scheduled. The rest is known only from the server's list of pending activities. */
export interface ServerViewMoment extends MomentOfWorkflow {
  readonly source: 'server-view'
  /** The moment that the activity was scheduled. */
  readonly scheduled: HistoryMoment
  /** Whether the server's view of that activity proves the moment. Asked again and again. */
  isSeen(activity: PendingActivity): boolean
}

/** A pending activity as `DescribeWorkflowExecution` shows it. */
export interface PendingActivity {
  readonly activityId: string
  readonly isStarted: boolean
  readonly attempt: number
  /** The details of its last heartbeat that reached the server; undefined if there was none. */
  readonly heartbeat: unknown
}

/** The event of the history that brings the moment, or that it begins with. */
export function eventOf(moment: Moment, events: readonly HistoryEvent[]): HistoryEvent | undefined {
  return (moment.source === 'history' ? moment : moment.scheduled).find(events)
}
