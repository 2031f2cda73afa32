import { describe, expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, recordOf } from '../../test/support/stored-record.ts'
import type { ClosingPayload } from '../history/closing-payload.ts'
import { runRecordSchema, type RunRecord } from '../record/record.ts'
import type { Outcome } from '../record/timeline/outcome.ts'
import { completed, failed } from '../scenario/workload.ts'
import { effects } from './effects.ts'
import { result } from './result.ts'

/** What only the codec could read. */
const encoded = { metadata: { encoding: Buffer.from('binary/xor').toString('base64') }, data: 'eHk=' }
const completedEvent = event(9, 3_000, 'WorkflowExecutionCompleted', { result: { payloads: [encoded] } })
const failedEvent = event(9, 3_000, 'WorkflowExecutionFailed', {
  failure: { message: 'Encoded failure', encodedAttributes: encoded },
})

/** The record as it is read from disk. */
function recordWith(
  closingEvent: typeof completedEvent,
  expected: Outcome[],
  closing?: ClosingPayload,
): RunRecord {
  const said = { kind: 'expected', atMs: 2_000, workflowId: 'w', runId: 'r', outcomes: expected } as const
  const record = recordOf([closingEvent], [said])
  const observations = record.observations.map((one) =>
    one.kind === 'history' && closing !== undefined ? { ...one, closing } : one,
  )
  return runRecordSchema.parse(JSON.parse(JSON.stringify({ ...record, observations })))
}

const kept = { status: 'kept', findings: [] }
const unreadable = { kind: 'unreadable', why: 'no key' } as const

describe('what the record says of the closing payload comes before the payload itself', () => {
  test('a result', () => {
    const sum: ClosingPayload = { kind: 'result', value: { sum: 3 } }
    expect(judged(result, recordWith(completedEvent, [completed({ sum: 3 })], sum))).toEqual(kept)
    expect(judged(result, recordWith(completedEvent, [completed({ sum: 4 })], sum))).toMatchObject({
      status: 'broken',
      findings: [{ kind: 'safety', message: expect.stringContaining('ended with {"status":"completed","result":{"sum":3}}') }], // prettier-ignore
    })
  })

  test('no result', () => {
    expect(judged(result, recordWith(completedEvent, [completed(undefined)], { kind: 'result' }))).toEqual(
      kept,
    )
  })

  test('a failure', () => {
    const noFunds: ClosingPayload = { kind: 'failure', message: 'no funds' }
    expect(judged(result, recordWith(failedEvent, [failed('no funds')], noFunds))).toEqual(kept)
    expect(judged(result, recordWith(failedEvent, [failed('no stock')], noFunds)).status).toBe('broken')
  })
})

describe('a payload that nobody can read', () => {
  test.each([
    ['by the record', unreadable, /^what w ended with cannot be read: no key$/],
    ['by the default converter', undefined, /^what w ended with cannot be read: .*binary\/xor/],
  ])('is not checked: %s', (_, closing, why) => {
    const answer = { status: 'not-checked', findings: [], why: expect.stringMatching(why) }
    expect(judged(result, recordWith(completedEvent, [completed(1)], closing))).toEqual(answer)
    // Not even where the workflow may return nothing.
    expect(judged(result, recordWith(completedEvent, [completed(undefined)], closing))).toEqual(answer)
    expect(judged(result, recordWith(failedEvent, [failed('no funds')], closing))).toEqual(answer)
  })

  test('is broken if the workflow came to another status than any that was expected', () => {
    expect(judged(result, recordWith(failedEvent, [completed(1)], unreadable))).toEqual({
      status: 'broken',
      findings: [
        {
          kind: 'safety',
          message:
            'w ended with {"status":"failed","message":"(unreadable)"}, not {"status":"completed","result":1}',
        },
      ],
    })
  })

  test('matters only if a certain value is expected', () => {
    const any = { status: 'completed', anyValue: true } as const
    expect(judged(result, recordWith(completedEvent, [any], unreadable))).toEqual(kept)
    expect(judged(result, recordWith(failedEvent, [any], unreadable)).findings).toEqual([
      {
        kind: 'safety',
        message: 'w ended with {"status":"failed","message":"(unreadable)"}, not completed with any value',
      },
    ])
  })

  test('leaves the effects undecided only if an outcome has some of its own', () => {
    const own = recordWith(completedEvent, [completed(1, ['a']), completed(2, ['b'])], unreadable)
    expect(judged(effects, own)).toMatchObject({
      status: 'not-checked',
      why: expect.stringContaining('no key'),
    })
    const none = recordWith(completedEvent, [completed(1)], unreadable)
    expect(judged(effects, none)).toMatchObject({ status: 'not-checked', why: 'no activity ran' })
  })
})
