// The one list of what legitimately differs between a run and its golden run, shown in docs/golden-run.md.
// Each entry says why, and holds what the projection needs to leave it out.
import type { RunRecord } from '../../record/record.ts'

export interface LegitimateDifference {
  readonly what: string
  readonly why: string
  /** Types of events that are not counted. */
  readonly events?: readonly string[]
  /** Texts in values, and what stands for them. */
  readonly text?: readonly [pattern: RegExp, instead: string]
}

export const legitimateDifferences: readonly LegitimateDifference[] = [
  {
    what: 'the run’s own part of workflow ids, keys and task queues',
    why: 'each run has ids of its own: workflows are matched by type and by the order of their starts',
  },
  {
    what: 'run ids, and other random ids',
    why: 'the service draws a run’s id, also for the next run of a chain or a retry; workflow code draws from a seed that follows from it',
    text: [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>'],
  },
  {
    what: 'times in values',
    why: 'a run takes place at its own time, and a fault makes it wait',
    text: [/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  },
  {
    what: 'workflow tasks of all sorts, their number, attempts and sticky queues',
    why: 'the service gives a task again if it was lost, and tells several messages in one task or in more',
    events: ['SCHEDULED', 'STARTED', 'COMPLETED', 'FAILED', 'TIMED_OUT'].map(
      (end) => `EVENT_TYPE_WORKFLOW_TASK_${end}`,
    ),
  },
  {
    what: 'attempts of activities, their number, identities, heartbeats and failures in between',
    why: 'an activity runs at least once: what counts is how it ended at last, and which effects were accepted',
    events: ['EVENT_TYPE_ACTIVITY_TASK_STARTED'],
  },
  {
    what: 'timers that did not fire, and their cancellation',
    why: 'code that waits for something with a timeout starts no timer if what it waits for is already there',
    events: ['EVENT_TYPE_TIMER_STARTED', 'EVENT_TYPE_TIMER_CANCELED'],
  },
  {
    what: 'the order of events, and of effects',
    why: 'branches and messages are independent of each other; a workload declares the order that matters (`after`)',
  },
  {
    what: 'the order of a list in an answer to a query',
    why: 'messages that are sent side by side arrive in any order',
  },
  {
    what: 'whether a query is answered once its workflow is closed',
    why: 'a busy worker may not answer in time, and at most 20 queries of a run are asked then',
  },
  {
    what: 'payloads of effects for which the workload declares `payloads` or `payloadMayDiffer`',
    why: 'the workload says itself that the golden run may have one or the other',
  },
  {
    what: 'values that a data converter of the worker’s own encodes',
    why: 'the same value is encoded differently each time; only that there is one is compared',
  },
  {
    what: 'skipped time, and changes of a workflow’s options by the service',
    why: 'they are the scenario’s own doing, and no part of the work',
    events: [
      'EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED',
      'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED',
    ],
  },
  {
    what: 'workflows that are open at the end of either run, and whether they are',
    why: 'how far open work has got is a matter of time; the checks `completed` and `recovery` judge it',
  },
]

/** Events that no fact is made of: those of the list, and those that other parts tell. */
export const uncountedEvents: ReadonlySet<string> = new Set([
  ...legitimateDifferences.flatMap(({ events = [] }) => events),
  // The chain and the children.
  ...['STARTED', 'COMPLETED', 'FAILED', 'TIMED_OUT', 'CANCELED', 'TERMINATED', 'CONTINUED_AS_NEW'].flatMap(
    (end) => [`EVENT_TYPE_WORKFLOW_EXECUTION_${end}`, `EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_${end}`],
  ),
])

/** A value without what differs anyway. */
export type Normalise = (value: unknown) => unknown

/** Numbers this close to the run's start are times, in milliseconds since the epoch. */
const aroundMs = 31 * 86_400_000

/** @param runQueue the run's own part of its ids; null if it has none */
export function normaliserFor({ header }: Pick<RunRecord, 'header'>, runQueue: string | null): Normalise {
  const own = runQueue === null ? null : new RegExp(`(?<!\\w)${RegExp.escape(runQueue)}(?!\\d)`, 'g')
  const ofText = (text: string) =>
    legitimateDifferences.reduce(
      (result, { text: [pattern, instead] = [/$^/, ''] }) => result.replace(pattern, instead),
      own === null ? text : text.replace(own, '<run>'),
    )
  function normalise(value: unknown): unknown {
    if (typeof value === 'string') return ofText(value)
    if (typeof value === 'number') return Math.abs(value - header.wallAtZeroMs) < aroundMs ? '<time>' : value
    if (Array.isArray(value)) return value.map(normalise)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [ofText(key), normalise(one)]))
  }
  return normalise
}
