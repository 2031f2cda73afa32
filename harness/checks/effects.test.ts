import { describe, expect, test } from 'vitest'
import { foundIn, judged, recordWithEffects } from '../../test/support/judged-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { RunRecord } from '../record/record.ts'
import { effects } from './effects.ts'

const { record, before, after } = await recordWithEffects()

function found(...seen: typeof record.effects) {
  return foundIn({ ...record, effects: seen })
}

function broken(message: RegExp) {
  return [{ check: 'effects', kind: 'safety', message: expect.stringMatching(message) }]
}

test('each accepted once keeps the promise', () => {
  expect(judged(effects, record)).toEqual({ status: 'kept', findings: [] })
})

test('lost, duplicated and phantom are told apart', () => {
  expect(found(before)).toEqual(broken(/^lost: the ledger never accepted .*after-sleep$/))
  expect(found(before, after, { ...after, sequence: 3, incarnation: 1 })).toEqual(
    broken(/^duplicated: .*after-sleep 2 times .*incarnation 1/),
  )
  expect(found(before, after, { ...after, sequence: 3, key: 'refund' })).toEqual(
    broken(/^phantom: nothing asked for refund/),
  )
})

test('a line that is missing in the ledger', () => {
  expect(found(before, { ...after, sequence: 3 })).toEqual(broken(/^line 2 of the effects carries number 3/))
})

const repeat = { ...after, sequence: 3, outcome: 'repeat' as const }

test.each([
  ['the same attempt', repeat],
  ['another activity', { ...repeat, activityId: '77' }],
  ['another run', { ...repeat, runId: 'other', attempt: 2 }],
])('repeats by %s were prevented only by the ledger', (_, again) => {
  expect(found(before, after, again)).toEqual(broken(/^duplicated: .*after-sleep was sent by/))
})

test('a repeat by the next attempt is allowed: an activity runs at least once', () => {
  expect(found(before, after, { ...repeat, attempt: 2 })).toEqual([])
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
