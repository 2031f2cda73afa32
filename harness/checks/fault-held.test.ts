import { expect, test } from 'vitest'
import { begun } from '../../test/support/analysed-record.ts'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { FaultEffect } from '../record/fault.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { faultHeld } from './fault-held.ts'

const record = await storedRecord('due-after-the-outage')

/** Killed at 2 s; the next incarnation is ready at 3 s. */
const dead = killed(2_000, 3_000)

const frozen: TimelineEntry[] = dead
  .filter(({ kind }) => kind !== 'exited')
  .map((entry) =>
    entry.kind === 'fault' ? { ...entry, faultKind: 'pause-worker', effect: 'frozen' } : entry,
  )

const healedAt = (atMs: number): TimelineEntry => ({ kind: 'healing', atMs, fault: 1 })

function look(alive: number, stopped = 0, atMs = 2_010): TimelineEntry {
  return { kind: 'target-seen', atMs, fault: 1, alive, stopped, pids: [21, 22].slice(0, alive) }
}

/** The worker's first incarnation completes a workflow task. */
function completedAt(atMs: number, identity = 'worker-1#1'): HistoryEvent[] {
  return [...begun, event(4, atMs, 'WorkflowTaskCompleted', { identity, startedEventId: '3' })]
}

function messages(of: RunRecord): string[] {
  return judged(faultHeld, of).findings.map(({ kind, message }) => `${kind}: ${message}`)
}

test('nobody at work after its death keeps the promise, also in a record without looks', () => {
  expect(judged(faultHeld, record)).toEqual({ status: 'kept', findings: [] })
  expect(judged(faultHeld, recordOf(completedAt(1_500), [...dead, look(0)]))).toMatchObject({
    status: 'kept',
  })
  expect(judged(faultHeld, recordOf([], []))).toMatchObject({ status: 'not-checked' })
})

test('processes that live after the death', () => {
  expect(messages(recordOf([], [...dead, look(2)]))).toEqual([
    'assumption: the fault did not hold: after kill-worker on worker-1#1 it had living processes at 2.01 s (pids 21, 22)',
  ])
})

test('processes that run during the freeze', () => {
  expect(messages(recordOf([], [...frozen, look(2, 2), look(2, 1, 2_500)]))).toEqual([
    'assumption: the fault did not hold: after pause-worker on worker-1#1 1 of its processes ran at 2.50 s (pids 21, 22)',
  ])
  expect(messages(recordOf([], [...frozen, look(2, 2)]))).toEqual([])
})

test('work that a dead incarnation did', () => {
  expect(messages(recordOf(completedAt(6_000), dead))).toEqual([
    'assumption: the fault did not hold: after kill-worker on worker-1#1 the worker brought about WorkflowTaskCompleted (event 4 of w) at 6.00 s',
  ])
})

test.each([
  ['by the next incarnation', completedAt(6_000, 'worker-1#2')],
  ['that was on its way when the fault struck', completedAt(3_500)],
  [
    'that was only offered to it',
    [...begun, event(4, 6_000, 'WorkflowTaskStarted', { identity: 'worker-1#1' })],
  ],
])('work %s says nothing', (_, events) => {
  expect(messages(recordOf(events, dead))).toEqual([])
})

test('what a service did when it was back may be from before its outage', () => {
  const outage: TimelineEntry[] = [
    {
      kind: 'fault',
      atMs: 1_900,
      fault: 2,
      faultKind: 'pause-service',
      target: { kind: 'service', name: 'temporal-server' },
      effect: 'frozen',
    },
    { kind: 'fault-confirmed', atMs: 1_950, fault: 2, evidence: { state: 'T' } },
    { kind: 'serving', atMs: 7_000, target: 'temporal-server', evidence: { pid: 7 } },
  ]
  const of = (atMs: number) => messages(recordOf(completedAt(atMs), [...dead, ...outage]))
  expect(of(8_000)).toEqual([])
  expect(of(9_500)).toEqual([expect.stringMatching(/^assumption: the fault did not hold/)])
})

test('work of a frozen worker counts until its heal begins', () => {
  const of = (healMs: number) => messages(recordOf(completedAt(6_000), [...frozen, healedAt(healMs)]))
  expect(of(9_000)).toEqual([
    expect.stringMatching(/the worker brought about WorkflowTaskCompleted .* at 6.00 s$/),
  ])
  expect(of(5_000)).toEqual([])
})

test('effects and polls of a dead incarnation', () => {
  const [effect] = record.effects
  if (effect === undefined) throw new Error('the stored record has effects')
  const wallMs = recordOf([], []).header.wallAtZeroMs
  const seen: RunRecord = {
    ...recordOf([], dead),
    effects: [{ ...effect, key: 'paid', incarnation: 1, receivedAtMs: 8_000, attempt: 2, activityId: '5' }],
    observations: [
      {
        kind: 'pollers',
        queue: 'q',
        polls: 'activity',
        pollers: [
          { identity: 'worker-1#1', lastAccessWallMs: wallMs + 5_000 },
          { identity: 'worker-1#2', lastAccessWallMs: wallMs + 9_000 },
        ],
      },
    ],
  }
  expect(messages(seen)).toEqual([
    'assumption: the fault did not hold: after kill-worker on worker-1#1 the worker polled q for activity tasks at 5.00 s, and was at work 1 times more',
  ])
  const effectOnly = { ...seen, observations: [] }
  expect(messages(effectOnly)).toEqual([
    expect.stringContaining('sent the effect paid (activity 5, attempt 2) at 8.00 s'),
  ])
})

test('an open poll of a frozen worker that a task ends is no work of it', () => {
  const inFreeze = recordOf([], [...frozen, look(2, 2), healedAt(9_000)])
  const lastAccessWallMs = inFreeze.header.wallAtZeroMs + 5_000
  const pollers = [{ identity: 'worker-1#1', lastAccessWallMs }]
  const seen: RunRecord = {
    ...inFreeze,
    observations: [{ kind: 'pollers', queue: 'q', polls: 'activity', pollers }],
  }
  expect(messages(seen)).toEqual([])
})

test.each<[FaultEffect, boolean]>([
  ['dead', false],
  ['stopped', false],
  ['frozen', false],
  ['cut', false],
  ['slow', true],
])('an answer of a service that should be %s', (effect, isFine) => {
  const timeline: TimelineEntry[] = [
    {
      kind: 'fault',
      atMs: 2_000,
      fault: 1,
      faultKind: 'own',
      target: { kind: 'service', name: 'postgres' },
      effect,
    },
    { kind: 'fault-confirmed', atMs: 2_005, fault: 1, evidence: { said: 'so' } },
    { kind: 'target-asked', atMs: 2_020, fault: 1, askedMs: 2_006, answered: false },
    { kind: 'target-asked', atMs: 2_300, fault: 1, askedMs: 2_290, answered: true },
  ]
  const message =
    'assumption: the fault did not hold: during own on postgres postgres answered 1 of 2 questions, first at 2.30 s'
  expect(messages(recordOf([], timeline))).toEqual(isFine ? [] : [message])
})

test('only this check finds it', () => {
  const ended = record.timeline.findIndex(({ kind }) => kind === 'ended')
  const atMs = record.timeline[ended]?.atMs ?? 0
  const timeline = record.timeline.toSpliced(ended, 0, { ...look(1), atMs })
  expect(foundIn({ ...record, timeline })).toEqual([
    { check: 'fault-held', kind: 'assumption', message: expect.stringMatching(/^the fault did not hold: /) },
  ])
})

test('of two workers that poll by one identity nobody knows which was at work', () => {
  const same = (timeline: readonly TimelineEntry[]) =>
    timeline.map((entry) =>
      entry.kind === 'incarnation' ? { ...entry, identities: ['orders-worker'] } : entry,
    )
  const other: TimelineEntry = {
    kind: 'incarnation',
    phase: 'ready',
    atMs: 0,
    worker: 'worker-0',
    incarnation: 1,
    identity: 'worker-0#1',
    pid: 10,
  }
  const history = [
    event(1, 0, 'WorkflowExecutionStarted'),
    event(4, 9_000, 'WorkflowTaskCompleted', { identity: 'orders-worker' }),
  ]
  const [first, ...rest] = killed(1_000)
  if (first === undefined) throw new Error('it has a first incarnation')
  expect(messages(recordOf(history, same([other, first, ...rest])))).toEqual([])
})
