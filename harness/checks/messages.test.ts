import { describe, expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { Effect } from '../record/effect.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse } from '../analysis/analyse.ts'
import { effects } from './effects.ts'
import { messages } from './messages.ts'

const to = { workflowId: 'w', runId: 'r' }

/** A message from ana with this answer; without one if it is undefined. */
function sent(
  number: number,
  answer?: 'accepted' | 'rejected' | 'failed',
  what: 'signal' | 'update' = 'signal',
): TimelineEntry[] {
  const messageId = `m${number}`
  const leaves: TimelineEntry = {
    kind: 'sent',
    atMs: 100 * number,
    messageId,
    what,
    name: what === 'signal' ? 'decide' : 'amend',
    sender: 'ana',
    number,
    ...to,
    effects: [`e${number}`],
  }
  return answer === undefined
    ? [leaves]
    : [leaves, { kind: 'answered', atMs: 100 * number + 5, messageId, answer }]
}

const signaled = (id: number, message: number) =>
  event(id, 100 * message + 3, 'WorkflowExecutionSignaled', { requestId: `m${message}` })

const updated = (id: number, message: number) =>
  event(id, 100 * message + 3, 'WorkflowExecutionUpdateAccepted', {
    acceptedRequest: { meta: { updateId: `m${message}` } },
  })

const closing = (id: number) => event(id, 5_000, 'WorkflowExecutionCompleted', {})

function effect(number: number, sequence: number): Effect {
  return {
    key: `e${number}`,
    ...to,
    activityId: String(number),
    attempt: 1,
    incarnation: 1,
    sequence,
    receivedAtMs: 1_000,
    outcome: 'new',
  }
}

function recorded(history: HistoryEvent[], entries: readonly TimelineEntry[], seen: readonly Effect[]) {
  return { ...recordOf(history, [...entries, ...killed(50, 60)]), effects: [...seen] }
}

function found(...parts: Parameters<typeof recorded>) {
  const record = recorded(...parts)
  const analysis = analyse(record)
  return [messages, effects].flatMap((check) => check.judge(analysis).findings.map(({ message }) => message))
}

test('without a message, or without a history to find it in: not checked', () => {
  const nothing = { status: 'not-checked', findings: [] }
  expect(judged(messages, recorded([closing(2)], [], []))).toEqual({ ...nothing, why: 'no message was sent' })
  expect(judged(messages, recorded([], sent(1, 'accepted'), []))).toEqual({
    ...nothing,
    why: 'no history could be read',
  })
})

describe('messages', () => {
  test('messages that are there once and in order keep the promise', () => {
    const history = [signaled(2, 1), signaled(3, 2), closing(4)]
    const both = [...sent(1, 'accepted'), ...sent(2, 'accepted')]
    const seen = [effect(1, 1), effect(2, 2)]
    expect(found(history, both, seen)).toEqual([])
    expect(judged(messages, recorded(history, both, seen))).toEqual({ status: 'kept', findings: [] })
  })

  test('an accepted message that is not in the history is lost, and so is its effect', () => {
    expect(
      found([signaled(2, 1), closing(3)], [...sent(1, 'accepted'), ...sent(2, 'accepted')], [effect(1, 1)]),
    ).toEqual([
      'lost: signal decide #2 of ana to w was accepted and is not in the history',
      'lost: the ledger never accepted e2',
    ])
  })

  test('a message that is in the history but never took effect', () => {
    expect(found([signaled(2, 1), closing(3)], sent(1, 'accepted'), [])).toEqual([
      'lost: the ledger never accepted e1',
    ])
  })

  test('a message that is in the history twice', () => {
    const history = [signaled(2, 1), signaled(3, 1), closing(4)]
    expect(found(history, sent(1, 'accepted'), [effect(1, 1)])).toEqual([
      'duplicated: signal decide #1 of ana to w is in the history 2 times',
    ])
  })

  test('out of its sender’s order, in the history and in the ledger', () => {
    const history = [signaled(2, 2), signaled(3, 1), closing(4)]
    const bothSent = [...sent(1, 'accepted'), ...sent(2, 'accepted')]
    expect(found(history, bothSent, [effect(2, 1), effect(1, 2)])).toEqual([
      'reordered: signal decide #2 of ana to w was recorded before signal decide #1 of ana',
      'reordered: signal decide #2 of ana took effect before signal decide #1 of ana',
    ])
  })

  test('a message without an answer may have been accepted or not', () => {
    expect(found([signaled(2, 1), closing(3)], sent(1), [effect(1, 1)])).toEqual([])
    expect(found([closing(2)], sent(1), [])).toEqual([])
  })

  test('a rejected message must have no effect', () => {
    expect(found([closing(2)], sent(1, 'rejected'), [effect(1, 1)])).toEqual([
      'phantom: nothing asked for e1 (activity 1 attempt 1 by worker-1#1)',
    ])
  })

  test('an update that was accepted and then failed may or may not have had its effect', () => {
    const history = [updated(2, 1), closing(3)]
    expect(found(history, sent(1, 'failed', 'update'), [effect(1, 1)])).toEqual([])
    expect(found(history, sent(1, 'failed', 'update'), [])).toEqual([])
  })

  test('an update that failed after acceptance must be in the history, a rejected one must not', () => {
    expect(found([closing(2)], sent(1, 'failed', 'update'), [])).toEqual([
      'lost: update amend #1 of ana to w was accepted and is not in the history',
    ])
    expect(found([closing(2)], sent(1, 'rejected', 'update'), [])).toEqual([])
  })
})
