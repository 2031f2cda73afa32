import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { recordOf } from '../../test/support/stored-record.ts'
import type { ObservationEntry } from '../record/observation.ts'
import type { StoredRun } from '../record/stored-state.ts'
import { storedState } from './stored-state.ts'

const whole: StoredRun = {
  workflowId: 'w',
  runId: 'r',
  recordVersion: 5,
  nextEventId: 8,
  isRunning: true,
  expires: false,
  skipsTime: false,
  isVersioned: false,
  batches: [
    { firstEventId: 1, lastEventId: null, transaction: '11', previous: '0' },
    { firstEventId: 3, lastEventId: null, transaction: '12', previous: '11' },
    { firstEventId: 4, lastEventId: 7, transaction: '13', previous: '12' },
  ],
  timers: [],
  activities: [],
  tasks: [],
  deadLetters: [],
}
const timer = (timerId: string, startedEventId: number, expiresAtMs: number) => ({
  timerId,
  startedEventId,
  expiresAtMs,
})
const activity = (isStarted: boolean) => ({
  activityId: '1',
  scheduledEventId: 6,
  isStarted,
  isPaused: false,
  attempt: 1,
})

/** One look for each of the changes. */
function seen(...changes: readonly Partial<StoredRun>[]) {
  const record = recordOf([], [])
  const looks = changes.map((change) => ({ kind: 'stored-run', ...whole, ...change }) as const)
  const { status, findings } = judged(storedState, {
    ...record,
    observations: [...record.observations, ...looks],
  })
  return { status, found: findings.map(({ kind, message }) => `${kind}: ${message}`) }
}
const kept = { status: 'kept', found: [] }
const broken = (...messages: string[]) => ({
  status: 'broken',
  found: messages.map((one) => `safety: ${one}`),
})

test('a whole history with nothing pending', () => {
  expect(seen({})).toEqual(kept)
})

test('a batch is gone from the middle, the end or the start of a history', () => {
  const gap = (what: string) =>
    broken(`the stored history of w has a gap: ${what} is missing; it has 7 events`)
  const afterFirst = gap('what follows the batch that begins with event 1')
  expect(seen({ batches: whole.batches.toSpliced(1, 1) })).toEqual(afterFirst)
  const cut = whole.batches.slice(0, 2).map((one, index) => (index === 1 ? { ...one, lastEventId: 3 } : one))
  expect(seen({ batches: cut })).toEqual(gap('what follows the batch that begins with event 3'))
  expect(seen({ batches: whole.batches.slice(1) })).toEqual(gap('its first batch'))
  expect(seen({ batches: [], isRunning: false })).toEqual(gap('its first batch'))
})

test('a batch that a failed transaction left behind is no gap, wherever it lies', () => {
  const stale = { firstEventId: 4, lastEventId: 4, transaction: '9', previous: '12' }
  expect(seen({ batches: [...whole.batches, stale] })).toEqual(kept)
  expect(seen({ batches: [...whole.batches, { ...stale, previous: '7' }] })).toEqual(kept)
})

test('a history whose last batch has an unknown encoding is not called cut', () => {
  expect(seen({ batches: whole.batches.map((one) => ({ ...one, lastEventId: null })) })).toEqual(kept)
})

test('only the earliest pending timer needs a task', () => {
  const timers = [timer('late', 6, 9_000), timer('soon', 7, 4_000)]
  const task = (eventId: number) => ({ table: 'timer_tasks', type: 14, eventId })
  expect(seen({ timers, tasks: [task(7)] })).toEqual(kept)
  const lost = broken(
    'timer soon of w (event 7), due at 1970-01-01T00:00:04.000Z, has no task: nothing will fire it',
  )
  expect(seen({ timers, tasks: [task(6)] })).toEqual(lost)
  expect(seen({ timers })).toEqual(lost)
  const same = [timer('a', 6, 4_000), timer('b', 7, 4_000)]
  expect(seen({ timers: same, tasks: [task(7)] })).toEqual(kept)
})

test('what is missing in one look only, or of a workflow that moves, is not lost', () => {
  const lost = { timers: [timer('1', 6, 4_000)] }
  const found = { ...lost, tasks: [{ table: 'timer_tasks', type: 14, eventId: 6 }] }
  expect(seen(lost, lost).found).toHaveLength(1)
  expect(seen(lost, { ...lost, recordVersion: 6 })).toEqual(kept)
  expect(seen(lost, found)).toEqual(kept)
  expect(seen(found, lost)).toEqual(kept)
})

test('a workflow that is closed or has a timeout, and one whose time is skipped, have rules of their own', () => {
  const timers = [timer('1', 6, 4_000)]
  expect(seen({ timers, activities: [activity(false)], isRunning: false })).toEqual(kept)
  expect(seen({ timers, activities: [activity(true)], expires: true })).toEqual(kept)
  expect(seen({ timers, activities: [activity(false)], skipsTime: true })).toEqual(kept)
  expect(seen({ activities: [activity(false)], isVersioned: true })).toEqual(kept)
})

test('an activity needs a task that asks for it, or one that misses it', () => {
  const unasked = broken(
    'activity 1 of w (event 6, attempt 1) is not running and has no task: no worker will be given it',
  )
  expect(seen({ activities: [activity(false)] })).toEqual(unasked)
  expect(seen({ activities: [activity(false)], expires: true })).toEqual(unasked)
  const asked = { activities: [activity(false)], tasks: [{ table: 'tasks', type: 0, eventId: 6 }] }
  expect(seen(asked)).toEqual(kept)
  expect(seen({ activities: [activity(true)] })).toEqual(
    broken(
      'activity 1 of w (event 6, attempt 1) is running and has no task for any timeout: nothing will miss it',
    ),
  )
  const missed = { activities: [activity(true)], tasks: [{ table: 'timer_tasks', type: 13, eventId: 5 }] }
  expect(seen(missed)).toEqual(kept)
  expect(seen({ activities: [{ ...activity(false), isPaused: true }] })).toEqual(kept)
})

test('dead letters', () => {
  const queue = '1_active_active'
  expect(seen({ isRunning: false, deadLetters: [{ queue, messages: 3 }] })).toEqual(
    broken('the server gave up on 3 tasks of w: see its dead letter queue 1_active_active'),
  )
  expect(seen({ deadLetters: [] }, { deadLetters: [{ queue, messages: 1 }] })).toEqual(
    broken('the server gave up on 1 task of w: see its dead letter queue 1_active_active'),
  )
})

test('a record that has nothing of the database is not checked', () => {
  const record = recordOf([], [])
  expect(judged(storedState, record)).toMatchObject({
    status: 'not-checked',
    why: 'the database was not looked at',
  })
  const why = "the database's schema 1.20 is none that the harness can read: 1.19"
  const observations: ObservationEntry[] = [{ kind: 'unavailable', observation: 'stored-state', why }]
  expect(judged(storedState, { ...record, observations })).toEqual({
    status: 'not-checked',
    findings: [],
    why,
  })
})
