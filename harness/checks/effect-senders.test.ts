import { describe, expect, test } from 'vitest'
import {
  activityTask,
  again,
  call,
  localActivity,
  recordWithCalls,
  undeclared,
  workflowCompleted,
} from '../../test/support/effect-record.ts'
import { contradictionsIn } from '../analysis/integrity/record-damage.ts'
import { judged } from '../../test/support/judged-record.ts'
import { storedRecord } from '../../test/support/stored-record.ts'
import type { Effect } from '../record/effect.ts'
import type { EffectPromise } from '../record/expected-effect.ts'
import type { RunRecord } from '../record/record.ts'
import { effectSenders } from './effect-senders.ts'

const kept = { status: 'kept', findings: [] }
const charged = activityTask(1)

function broken(...messages: readonly (string | RegExp)[]) {
  const findings = messages.map((message) => ({ kind: 'safety', message: expect.stringMatching(message) }))
  return { status: 'broken', findings }
}

function answer(events: typeof charged, ...effects: readonly Effect[]) {
  return judged(effectSenders, recordWithCalls(events, effects))
}

test('a call from the attempt that the history knows keeps the promise', () => {
  expect(answer(charged, call)).toEqual(kept)
  expect(answer(charged)).toMatchObject({ status: 'not-checked', why: 'no activity called the ledger' })
})

test('calls that name no attempt are of their incarnations only', () => {
  const { workflowId: _, runId: __, activityId: ___, attempt: ____, ...anonymous } = call
  expect(answer(charged, anonymous)).toMatchObject({
    status: 'not-checked',
    why: 'no call says which attempt of this run it is of',
  })
  expect(answer(charged, { ...anonymous, incarnation: 3 })).toEqual(
    broken('^foreign: paid was sent by worker-1#3, which was never started'),
  )
  expect(answer(charged, call, { ...anonymous, sequence: 2, outcome: 'repeat' })).toEqual(kept)
})

test('stored records of every schema keep it', async () => {
  expect(judged(effectSenders, await storedRecord('due-after-the-outage'))).toEqual(kept)
  expect(judged(effectSenders, await storedRecord('a-day-was-skipped'))).toEqual(kept)
})

describe('calls in nobody’s name', () => {
  test.each<[string, Partial<Effect>, RegExp]>([
    [
      'an activity',
      { activityId: '77' },
      /^foreign: paid was sent by activity 77 .*, but the history of w has no/,
    ],
    ['a run', { runId: 'other' }, /but no run other of w is known$/],
    ['a workflow', { workflowId: 'other' }, /but run r belongs to w$/],
    [
      'an attempt',
      { attempt: 3 },
      /^foreign: paid was sent by attempt 3, but the last attempt was number 1 /,
    ],
  ])('there is no such %s', (_, other, message) => {
    expect(answer(charged, { ...call, ...other })).toEqual(broken(message))
  })

  test('a workflow that the harness does not follow may act if the workload says so', () => {
    const elsewhere = { ...call, workflowId: 'started-by-an-activity', runId: 'other' }
    const promised = (promise: EffectPromise) =>
      judged(effectSenders, recordWithCalls(charged, [elsewhere], [promise]))
    expect(promised({ key: 'paid' })).toEqual(broken(/but no run other of started-by-an-activity is known$/))
    expect(promised({ key: 'paid', fromAnyWorkflow: true })).toEqual(kept)
    expect(promised('paid')).toEqual(kept)
  })

  test('nothing is known of an activity if its history could not be read, or if it may be a local one', () => {
    const unread = recordWithCalls([], [{ ...call, runId: 'child' }])
    const child = { workflowId: 'c', runId: 'child', kind: 'workflow', atMs: 1 } as const
    const timeline = [
      ...unread.timeline,
      { ...child, workflow: 'child', origin: 'child', fromRunId: 'r', golden: null } as const,
    ]
    expect(judged(effectSenders, { ...unread, timeline })).toEqual(kept)
    const open = recordWithCalls([], [call])
    const observations = open.observations.map((one) =>
      one.kind === 'history'
        ? { ...one, events: one.events.filter((event) => event !== workflowCompleted) }
        : one,
    )
    expect(judged(effectSenders, { ...open, observations })).toMatchObject(kept)
  })

  test('a local activity is known by its marker', () => {
    expect(answer([localActivity(1, 1_200)], call)).toEqual(kept)
    expect(answer([localActivity(2, 1_200)], call)).toEqual(broken(/has no activity 1$/))
  })
})

describe('calls in another workflow’s name', () => {
  /** Two workflows of the scenario, and a child of the first one. */
  function three(effects: readonly Effect[], fromAnyWorkflow = false): RunRecord {
    const one = recordWithCalls(charged, effects, [{ key: 'paid', fromAnyWorkflow }])
    const [history] = one.observations.flatMap((entry) => (entry.kind === 'history' ? [entry] : []))
    const golden = { outcomes: [], effects: [{ key: 'shipped' }] }
    const base = { kind: 'workflow', atMs: 1, workflow: 'demo' } as const
    return {
      ...one,
      timeline: [
        ...one.timeline,
        { ...base, workflowId: 'w2', runId: 'r2', origin: 'scenario', fromRunId: null, golden },
        { ...base, workflowId: 'c', runId: 'rc', origin: 'child', fromRunId: 'r', golden: null },
        { ...base, workflowId: 'c', runId: 'rc2', origin: 'chain', fromRunId: 'rc', golden: null },
      ],
      observations: [
        ...one.observations,
        ...[
          ['w2', 'r2'],
          ['c', 'rc'],
          ['c', 'rc2'],
        ].map(([workflowId = '', runId = '']) => ({
          kind: 'history' as const,
          workflowId,
          runId,
          events: history?.events ?? [],
        })),
      ],
    }
  }
  const byOther: Effect = { ...call, workflowId: 'w2', runId: 'r2' }
  const byChild: Effect = { ...call, workflowId: 'c', runId: 'rc2' }

  test('swapped keys', () => {
    const swapped = [byOther, { ...call, key: 'shipped', sequence: 2 }]
    expect(judged(effectSenders, three(swapped))).toEqual(
      broken(
        /^foreign: paid is an effect of w, but was sent by activity 1 \(charge\) attempt 1 by worker-1#1 of w2$/,
        /^foreign: shipped is an effect of w2, but was sent by .* of w$/,
      ),
    )
  })

  test('a workflow acts by the runs of its children too, and by others if its workload says so', () => {
    expect(judged(effectSenders, three([byChild]))).toEqual(kept)
    expect(judged(effectSenders, three([byOther], true))).toEqual(kept)
  })

  test('records of earlier versions do not say who may act', () => {
    const old = three([byOther])
    const timeline = old.timeline.map((entry) =>
      entry.kind === 'workflow' && entry.golden !== null
        ? { ...entry, golden: { ...entry.golden, effects: entry.golden.effects.map(() => 'paid') } }
        : entry,
    )
    expect(judged(effectSenders, { ...old, timeline })).toEqual(kept)
  })
})

describe('calls at the wrong time', () => {
  test('accepted after the activity was reported completed', () => {
    const late = { ...call, receivedAtMs: 1_500 }
    expect(answer(charged, late)).toEqual(
      broken(
        /^late: the ledger accepted paid 400 ms after its activity was reported completed \(activity 1 /,
      ),
    )
    expect(answer(charged, call, { ...again, receivedAtMs: 1_500 })).toEqual(kept)
  })

  test('the clocks of harness and server may differ a little, or as much as was measured', () => {
    expect(answer(charged, { ...call, receivedAtMs: 1_140 })).toEqual(kept)
    const record = recordWithCalls(charged, [{ ...call, receivedAtMs: 1_500 }])
    const elsewhere = { ...record, header: { ...record.header, clockOffsetMs: 0 } }
    expect(judged(effectSenders, elsewhere)).toEqual(kept)
  })

  test('before the activity was scheduled', () => {
    expect(answer(charged, { ...call, receivedAtMs: 400 })).toEqual(
      broken(/^early: paid was sent 600 ms before its activity was scheduled/),
    )
  })

  test('by another incarnation than the one that ran the attempt', () => {
    expect(answer(charged, { ...call, incarnation: 2 })).toEqual(
      broken(/^foreign: paid was sent by worker-1#2, but worker-1#1 ran attempt 1 /),
    )
  })

  test('by an incarnation that was never started', () => {
    const second = activityTask(1, { attempt: 2, incarnation: 2, startedMs: 4_000 })
    const never = /^foreign: paid was sent by worker-1#3, which was never started /
    expect(answer(second, { ...call, incarnation: 3 })).toEqual(broken(never))
    const { worker: _, ...old } = call
    expect(answer(second, { ...old, incarnation: 3 })).toEqual(kept)
  })

  test('an earlier attempt leaves no trace in the history, so nothing is wrong with it', () => {
    const second = activityTask(1, { attempt: 2, incarnation: 2, startedMs: 4_000 })
    expect(answer(second, call, { ...again, attempt: 2, incarnation: 2, receivedAtMs: 4_050 })).toEqual(kept)
    // A frozen worker acts after its successor began.
    expect(answer(second, { ...call, receivedAtMs: 4_010 })).toEqual({
      status: 'broken',
      findings: [expect.objectContaining({ kind: 'assumption' })],
    })
  })

  test('after the exit of its incarnation: the fault that ended it did not hold', () => {
    const second = activityTask(1, { attempt: 2, incarnation: 2, startedMs: 4_000 })
    const done = { ...call, attempt: 2, incarnation: 2, receivedAtMs: 4_050 }
    expect(answer(second, done, { ...again, receivedAtMs: 5_004 })).toEqual({
      status: 'broken',
      findings: [
        {
          kind: 'assumption',
          message: expect.stringMatching(
            /^stale: worker-1#1 sent paid 2.00 s after its exit, so something of it lived/,
          ),
        },
      ],
    })
    expect(answer(second, { ...call, receivedAtMs: 3_100 })).toEqual(kept)
  })
})

test('whoever was not written for the harness may report effects in any name, and then nothing is known', () => {
  const strange = { ...call, runId: 'order-17', workflowId: 'order-17', activityId: '-' }
  expect(judged(effectSenders, undeclared(recordWithCalls(charged, [strange])))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no call says which attempt of this run it is of',
  })
  expect(judged(effectSenders, undeclared(recordWithCalls(charged, [call])))).toEqual(kept)
  const damage = contradictionsIn(undeclared(recordWithCalls(charged, [strange])), [])
  expect(damage.filter((what) => what.includes('order-17'))).toEqual([])
})
