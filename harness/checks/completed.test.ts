import { expect, test } from 'vitest'
import { foundIn, judged, withHistory } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { ObservationEntryOf } from '../record/observation.ts'
import { finalHistory } from '../record/record.ts'
import { completed } from './completed.ts'

const record = await storedRecord('due-after-the-outage')

test('a workflow that ended keeps the promise', () => {
  expect(judged(completed, record)).toEqual({ status: 'kept', findings: [] })
})

test('a workflow that is still open says why it is pending', () => {
  const open = recordOf([event(1, 0, 'WorkflowTaskScheduled')], killed(1_000))
  expect(judged(completed, open)).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'liveness',
        message:
          'w is still open; pending because no worker took its workflow task: WorkflowTaskScheduled (event 1) was 60.0 s ago',
        window: { fromMs: 1_000, untilMs: 60_000 },
      },
    ],
  })
})

test('a history that could not be read is not checked, and the harness says so', () => {
  const unread = withHistory(record, () => [])
  expect(finalHistory(unread, unread.captures[0]?.runId ?? '')).toEqual([])
  expect(foundIn(unread)).toContainEqual({
    check: 'completed',
    kind: 'harness',
    message: expect.stringMatching(/^the history of .* could not be read/),
  })
  expect(judged(completed, unread).status).toBe('not-checked')
})

test('a run without a workflow is not checked', () => {
  const empty = recordOf([], [])
  const timeline = empty.timeline.filter(({ kind }) => kind !== 'workflow')
  expect(judged(completed, { ...empty, timeline })).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no workflow was started',
  })
})

test('the harness’s own probe workflows are not listed: the probes judge them', () => {
  const open = recordOf([event(1, 0, 'WorkflowTaskScheduled')], killed(1_000))
  const timeline = open.timeline.map((entry) =>
    entry.kind === 'workflow' ? { ...entry, origin: 'probe' as const } : entry,
  )
  expect(judged(completed, { ...open, timeline })).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'only the harness itself started workflows, to probe with',
  })
})

test('what the server counts as pending tells the attempt and its failure', () => {
  const open = recordOf(
    [event(1, 0, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } })],
    killed(1_000),
  )
  const activity = {
    activityId: '1',
    attempt: 3,
    isStarted: false,
    startedWallMs: null,
    heartbeatWallMs: null,
    nextAttemptWallMs: null,
    lastWorker: 'worker-1#2',
    lastFailure: { message: '503', timeoutType: null },
  }
  const pending: ObservationEntryOf<'pending'> = {
    kind: 'pending',
    workflowId: 'w',
    runId: 'r',
    workflowTask: null,
    activities: [activity],
  }
  const record = { ...open, observations: [...open.observations, pending] }
  expect(judged(completed, record).findings[0]?.message).toMatch(
    /^w is still open; pending because activity charge .*, attempt 3 waits for a worker, attempt 2 failed with "503"/,
  )
})

test('one that still moved at the end was slow all the time, so it has no window of its own', () => {
  const moving = recordOf([event(1, 58_000, 'WorkflowTaskScheduled')], killed(1_000))
  const { findings } = judged(completed, moving)
  expect(findings).toMatchObject([{ kind: 'liveness' }])
  expect(findings[0]).not.toHaveProperty('window')
})
