import { describe, expect, test } from 'vitest'
import { foundIn, judged, recordWithEffects } from '../../test/support/judged-record.ts'
import {
  activityTask,
  again,
  call,
  localActivity,
  recordWithCalls,
  undeclared,
} from '../../test/support/effect-record.ts'
import { goldenRecord, heldAgainst } from '../../test/support/golden-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { Effect } from '../record/effect.ts'
import type { EffectPromise } from '../record/expected-effect.ts'
import type { RunRecord } from '../record/record.ts'
import { effects } from './effects.ts'

const { record, before, after } = await recordWithEffects()

/** What this check finds if the ledger saw these effects. */
function found(...seen: typeof record.effects) {
  return foundIn({ ...record, effects: seen }).filter(({ check }) => check === 'effects')
}

function broken(...messages: readonly RegExp[]) {
  return messages.map((message) => ({
    check: 'effects',
    kind: 'safety',
    message: expect.stringMatching(message),
  }))
}

test('each accepted once keeps the promise', () => {
  expect(judged(effects, record)).toEqual({ status: 'kept', findings: [] })
})

test('lost, duplicated and phantom are told apart', () => {
  expect(found(before)).toEqual(broken(/^lost: the ledger never accepted .*after-sleep$/))
  expect(found(before, after, { ...after, sequence: 3, incarnation: 1 })).toEqual(
    broken(/^duplicated: .*after-sleep 2 times .*worker-1#1\)$/),
  )
  expect(found(before, after, { ...after, sequence: 3, key: 'refund' })).toEqual(
    broken(/^phantom: nothing asked for refund/),
  )
})

test('a line that is missing in the ledger', () => {
  expect(found(before, { ...after, sequence: 3 })).toEqual(broken(/^line 2 of the effects carries number 3/))
})

test('a line that came before the one that precedes it', () => {
  expect(found(before, { ...after, receivedAtMs: before.receivedAtMs - 1 })).toEqual(
    broken(/^line 2 of the effects came before line 1 \(.*after-sleep\)$/),
  )
})

const repeat = { ...after, sequence: 3, outcome: 'repeat' as const }

test.each([
  ['the same attempt', repeat],
  ['another activity', { ...repeat, activityId: '77' }],
  ['another run', { ...repeat, runId: 'other', attempt: 2 }],
  ['another workflow', { ...repeat, workflowId: 'other', runId: 'other' }],
])('repeats by %s were prevented only by the ledger', (_, again) => {
  expect(found(before, after, again)).toEqual(broken(/^duplicated: .*after-sleep was sent by/))
})

test('a repeat by the next attempt is allowed: an activity runs at least once', () => {
  expect(found(before, after, { ...repeat, attempt: 2 })).toEqual([])
})

function answer(events: HistoryEvent[], calls: readonly Effect[], promises?: EffectPromise[]) {
  return judged(effects, recordWithCalls(events, calls, promises))
}

const kept = { status: 'kept', findings: [] }
const message = (matching: RegExp) => ({
  status: 'broken',
  findings: [{ kind: 'safety', message: expect.stringMatching(matching) }],
})

describe('work that is done again', () => {
  const byTheSecond = activityTask(1, { attempt: 2, incarnation: 2, startedMs: 4_000 })
  const done: Effect = { ...call, attempt: 2, incarnation: 2, receivedAtMs: 4_050 }

  test('a frozen worker that acts after its successor is refused, and nothing is wrong', () => {
    expect(answer(byTheSecond, [done, { ...again, receivedAtMs: 5_000 }])).toEqual(kept)
  })

  test('a frozen worker whose call the ledger accepted besides that of its successor', () => {
    expect(answer(byTheSecond, [done, { ...again, receivedAtMs: 5_000, outcome: 'new' }])).toEqual(
      message(
        /^duplicated: the ledger accepted paid 2 times \(.*attempt 2 by worker-1#2; .*attempt 1 by worker-1#1\)$/,
      ),
    )
  })

  test('an attempt that asks twice, also if both calls are refused', () => {
    const twice =
      /^duplicated: paid was sent by .* attempt 2 by worker-1#2, and again by .* attempt 2 by worker-1#2$/
    const repeated: Effect = { ...done, sequence: 2, outcome: 'repeat' }
    expect(answer(byTheSecond, [done, repeated])).toEqual(message(twice))
    expect(answer(byTheSecond, [call, repeated, { ...repeated, sequence: 3 }])).toEqual(message(twice))
  })

  test('an id that is used again after its activity is closed names other work', () => {
    const second = activityTask(2, { scheduledMs: 2_000 }).map((one) => ({
      ...one,
      ...('activityTaskScheduledEventAttributes' in one
        ? { activityTaskScheduledEventAttributes: { activityId: '1', activityType: { name: 'charge' } } }
        : {}),
    }))
    const later: Effect = { ...again, attempt: 2, receivedAtMs: 2_050 }
    expect(answer([...activityTask(1), ...second], [call, later])).toEqual(
      message(/^duplicated: paid was sent by/),
    )
  })

  const local = localActivity(1, 4_500)

  test('a local activity starts at attempt 1 again in the next incarnation', () => {
    const redone: Effect = { ...again, incarnation: 2, receivedAtMs: 4_100 }
    expect(answer([local], [call, redone])).toEqual(kept)
    // A workflow that was terminated has no marker of it.
    expect(answer([event(2, 900, 'WorkflowTaskScheduled')], [call, redone])).toEqual(kept)
  })

  test('and in the same one if its workflow task timed out, failed, or was tried again without a trace', () => {
    const redone: Effect = { ...again, receivedAtMs: 2_900 }
    const between = (name: string, attributes = {}) => event(5, 2_000, name, attributes)
    expect(answer([local], [call, redone])).toEqual(message(/^duplicated: paid was sent by/))
    expect(answer([between('WorkflowTaskTimedOut'), local], [call, redone])).toEqual(kept)
    expect(answer([between('WorkflowTaskFailed'), local], [call, redone])).toEqual(kept)
    expect(answer([between('WorkflowTaskScheduled', { attempt: 3 }), local], [call, redone])).toEqual(kept)
    const before = event(5, 1_000, 'WorkflowTaskTimedOut')
    expect(answer([before, local], [call, redone])).toEqual(message(/^duplicated: paid was sent by/))
  })
})

describe('a repeat with other data', () => {
  const other: Effect = { ...again, attempt: 2, payload: { amount: 1_000_000 }, outcome: 'conflict' }
  const events = activityTask(1, { attempt: 2 })
  const accepted: Effect = { ...call, payload: { amount: 1 } }

  test('is a finding, whatever the ledger called it', () => {
    const changed =
      /^changed: the ledger accepted paid with \{"amount":1\} from .* attempt 1 .*, and got it with \{"amount":1000000\} from .* attempt 2 /
    expect(answer(events, [accepted, other])).toEqual(message(changed))
    expect(answer(events, [accepted, { ...other, outcome: 'repeat' }])).toEqual(message(changed))
  })

  test('is none if the workload says that payloads may differ, or if an old ledger did not compare them', () => {
    const promises = [{ key: 'paid', payloadMayDiffer: true }]
    expect(answer(events, [accepted, { ...other, outcome: 'repeat' }], promises)).toEqual(kept)
    const { worker: _, ...old } = other
    expect(answer(events, [accepted, { ...old, outcome: 'repeat' }])).toEqual(kept)
  })
})

test('an effect of another outcome than the one that was reached was not asked for', () => {
  const record = recordWithCalls(activityTask(1), [call], [])
  const outcomes = [
    { status: 'completed' as const, effects: ['refunded'] },
    { status: 'failed' as const, message: 'no money', effects: ['paid'] },
  ]
  const expected = { kind: 'expected', atMs: 10, workflowId: 'w', runId: 'r', outcomes } as const
  const either = { ...expected, outcomes: [{ status: 'completed' as const }, ...outcomes] }
  // Without a refund it completes too, but it was not to fail.
  expect(judged(effects, { ...record, timeline: [...record.timeline, either] })).toEqual(
    message(/^phantom: nothing asked for paid/),
  )
  const refunded = { ...record, effects: [{ ...call, key: 'refunded' }] }
  expect(judged(effects, { ...refunded, timeline: [...record.timeline, either] })).toEqual(kept)
  expect(judged(effects, { ...record, timeline: [...record.timeline, expected] })).toMatchObject({
    findings: [
      { message: 'lost: the ledger never accepted refunded' },
      { message: expect.stringMatching(/^phantom: nothing asked for paid/) },
    ],
  })
})

describe('a silent ledger', () => {
  const completed = event(9, 3_000, 'WorkflowExecutionCompleted', {})
  const scheduled = event(4, 1_000, 'ActivityTaskScheduled', { activityId: '1' })

  function expecting(keys: string[], of: RunRecord): RunRecord {
    const timeline = of.timeline.map((entry) =>
      entry.kind === 'workflow' && entry.golden !== null
        ? { ...entry, golden: { ...entry.golden, effects: keys } }
        : entry,
    )
    return { ...of, timeline }
  }

  test('the expected effects of a completed workflow are lost', () => {
    expect(judged(effects, expecting(['paid'], recordOf([scheduled, completed], killed(1_000))))).toEqual({
      status: 'broken',
      findings: [{ kind: 'safety', message: 'lost: the ledger never accepted paid' }],
    })
  })

  test.each([
    ['no effect was expected', 'no activity called the ledger', recordOf([scheduled, completed], [])],
    ['no activity ran', 'no activity ran', recordOf([completed], [])],
    ['no effect was due', 'no activity called the ledger', expecting(['paid'], recordOf([scheduled], []))],
  ])('is not checked if %s', (_, why, silent) => {
    expect(judged(effects, silent)).toEqual({ status: 'not-checked', findings: [], why })
  })
})

describe('a call that names no attempt', () => {
  const { workflowId: _, runId: __, activityId: ___, attempt: ____, ...anonymous } = call
  const anonymousAgain = { ...anonymous, sequence: 2, outcome: 'repeat' as const }
  const judgedWith = (...seen: Effect[]) => judged(effects, recordWithCalls(activityTask(1), seen))

  test('settles what is owed, and may come again: nobody can tell whether an attempt was lost', () => {
    expect(judgedWith(anonymous, anonymousAgain)).toEqual({ status: 'kept', findings: [] })
    expect(judgedWith(call, anonymousAgain)).toEqual({ status: 'kept', findings: [] })
  })

  test('is found if it is accepted twice, changed, or unasked for', () => {
    expect(judgedWith(anonymous, { ...anonymous, sequence: 2 }).findings).toEqual([
      {
        kind: 'safety',
        message: expect.stringMatching(
          /^duplicated: the ledger accepted paid 2 times \(a call by worker-1#1 that names/,
        ),
      },
    ])
    expect(judgedWith(anonymous, { ...anonymousAgain, payload: 2, outcome: 'conflict' }).findings).toEqual([
      { kind: 'safety', message: expect.stringMatching(/^changed: the ledger accepted paid with null/) },
    ])
    expect(judgedWith(anonymous, { ...anonymous, sequence: 2, key: 'refund' }).findings).toEqual([
      {
        kind: 'safety',
        message: expect.stringMatching(/^phantom: nothing asked for refund \(a call by worker-1#1/),
      },
    ])
  })
})

describe('of work of which nobody says which effects it has', () => {
  const charged = activityTask(1)
  const seen = (...calls: readonly Effect[]) => judged(effects, undeclared(recordWithCalls(charged, calls)))

  test('nothing is known if none was reported', () => {
    expect(seen()).toEqual({
      status: 'not-checked',
      findings: [],
      why: 'no effect was reported to the ledger',
    })
  })

  test('repeats that name no attempt are told, and not taken for work that was done once', () => {
    const { attempt: _, ...nameless } = call
    expect(seen(nameless, { ...nameless, sequence: 2, outcome: 'repeat' })).toEqual({
      status: 'not-checked',
      findings: [],
      why: expect.stringMatching(
        /; 1 repeated calls do not say of which attempt they are, so nobody can tell/,
      ),
    })
  })

  test('none is unasked for, and whether one was lost is not known', () => {
    expect(seen(call)).toEqual({
      status: 'not-checked',
      findings: [],
      why: 'nobody says which effects are due, so a lost one would not be seen; none of the 1 reported ones was done twice',
    })
  })

  test('one that was done twice is found all the same', () => {
    expect(seen(call, { ...call, sequence: 2 })).toEqual({
      status: 'broken',
      findings: [
        { kind: 'safety', message: expect.stringMatching(/^duplicated: the ledger accepted paid 2 times/) },
      ],
    })
  })

  test('the golden run says which are due, if it reported any', () => {
    const parts = { runQueue: 's-1-golden' }
    const run = undeclared(heldAgainst(goldenRecord(parts), goldenRecord()))
    expect(judged(effects, run)).toEqual({ status: 'kept', findings: [] })
  })
})
