// The database must hold all that the service needs to go on. Nobody notices a lost task but the workflow
// that waits for ever.
import type { RunAnalysis } from '../analysis/analyse.ts'
import { observationsOf, whyUnavailable } from '../record/record.ts'
import type { StoredRun } from '../record/stored-state.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

export const storedState: Check = {
  name: 'stored-state',
  promise:
    'The database has no dead letter and no gap in a history, and a task for every pending timer and activity.',
  about: ['pending work', 'events'],
  judge({ record }: RunAnalysis) {
    const looks = [...Map.groupBy(observationsOf(record, 'stored-run'), ({ runId }) => runId).values()]
    if (looks.length === 0)
      return notChecked(whyUnavailable(record, 'stored-state') ?? 'the database was not looked at')
    return checked(findings('safety', looks.flatMap(lostOf)))
  },
}

/** @param looks at one workflow run. Of one that still moves, only the first look is needed. */
function lostOf(looks: readonly StoredRun[]): string[] {
  const [first] = looks
  if (first === undefined) return []
  const isStill = looks.every(({ recordVersion }) => recordVersion === first.recordVersion)
  const lost = looks.map((look) => [...lostTimers(look), ...lostActivities(look)])
  const always = (lost[0] ?? []).filter((one) => lost.every((other) => other.includes(one)))
  return [...deadLetters(looks.at(-1) ?? first), ...gaps(first), ...(isStill ? always : [])]
}

function deadLetters({ workflowId, deadLetters: letters }: StoredRun): string[] {
  return letters.map(
    ({ queue, messages }) =>
      `the server gave up on ${messages} ${messages === 1 ? 'task' : 'tasks'} of ${workflowId}: see its dead letter queue ${queue}`,
  )
}

/** Each batch names the transaction of the one before it, so the chain must lead to the last event. */
function gaps({ workflowId, nextEventId, batches }: StoredRun): string[] {
  const reached = new Set(['0'])
  // Batches that a failed write left behind are in the chain or not: nothing depends on them.
  const chain = batches.filter(
    ({ previous, transaction }) => reached.has(previous) && reached.add(transaction),
  )
  const lastEventId = nextEventId - 1
  if (chain.some((batch) => (batch.lastEventId ?? 0) >= lastEventId)) return []
  const last = chain.at(-1)
  // The last batch of all is always read, unless it has an encoding that the harness does not know.
  if (last !== undefined && last === batches.at(-1) && last.lastEventId === null) return []
  const from =
    last === undefined
      ? 'its first batch'
      : `what follows the batch that begins with event ${last.firstEventId}`
  return [`the stored history of ${workflowId} has a gap: ${from} is missing; it has ${lastEventId} events`]
}

/** Task types of the server (1.32: `enums/v1/task.proto`). */
const activityTimeout = 13
const userTimer = 14

/** Only the earliest pending timer has a task. Skipped time and a run's timeout have other rules. */
function lostTimers({ workflowId, isRunning, expires, skipsTime, timers, tasks }: StoredRun): string[] {
  if (!isRunning || expires || skipsTime) return []
  const [first] = timers.toSorted(
    (a, b) => a.expiresAtMs - b.expiresAtMs || a.startedEventId - b.startedEventId,
  )
  if (first === undefined) return []
  const has = timers.some(
    ({ expiresAtMs, startedEventId }) =>
      expiresAtMs === first.expiresAtMs &&
      tasks.some(({ type, eventId }) => type === userTimer && eventId === startedEventId),
  )
  if (has) return []
  const due = new Date(first.expiresAtMs).toISOString()
  return [
    `timer ${first.timerId} of ${workflowId} (event ${first.startedEventId}), due at ${due}, has no task: nothing will fire it`,
  ]
}

function lostActivities({ workflowId, activities, tasks, ...run }: StoredRun): string[] {
  if (!run.isRunning || run.skipsTime) return []
  const active = activities.filter(({ isPaused }) => !isPaused)
  const hasTimeout = tasks.some(({ type }) => type === activityTimeout)
  return active.flatMap(({ activityId, scheduledEventId, isStarted, attempt }) => {
    const what = `activity ${activityId} of ${workflowId} (event ${scheduledEventId}, attempt ${attempt})`
    if (isStarted) {
      // Only the first timeout of all started activities has a task, and none if the run's own comes earlier.
      if (hasTimeout || run.expires) return []
      return [`${what} is running and has no task for any timeout: nothing will miss it`]
    }
    // While a workflow moves to another deployment version, the server drops such tasks, and makes new ones
    // later.
    const isAsked = run.isVersioned || tasks.some(({ eventId }) => eventId === scheduledEventId)
    return isAsked ? [] : [`${what} is not running and has no task: no worker will be given it`]
  })
}
