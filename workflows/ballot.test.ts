import { describe, expect, test } from 'vitest'
import { Ballot } from './ballot.ts'
import { amendment, decision } from './decision.ts'

/** Keys and payloads of all effects still to be recorded, in order. */
function unrecorded(ballot: Ballot) {
  const effects = []
  while (ballot.hasUnrecorded) effects.push(ballot.takeUnrecorded())
  return effects
}

const approve = { decision: 'approve', reason: 'it looks right', late: false }
const reject = { ...approve, decision: 'reject' }

describe('a ballot', () => {
  test('is open until it has all decisions that it needs', () => {
    const ballot = new Ballot('w', 2)
    ballot.decide(decision('ana', 1))
    expect(ballot.status).toMatchObject({ phase: 'open', decisions: [{ approver: 'ana', late: false }] })
    ballot.decide(decision('ana', 2))
    expect(ballot.status.phase).toBe('approved')
    expect(unrecorded(ballot)).toEqual([
      { key: 'w/decision/ana/1', payload: approve },
      { key: 'w/decision/ana/2', payload: approve },
    ])
    expect(ballot.hasUnrecorded).toBe(false)
  })

  test('is rejected if anyone rejects, but hears the others first', () => {
    const ballot = new Ballot('w', 2)
    ballot.decide(decision('ana', 1, { decision: 'reject' }))
    expect(ballot.isOpen).toBe(true)
    ballot.decide(decision('ben', 1))
    expect(ballot.status.phase).toBe('rejected')
    expect(unrecorded(ballot)[0]).toEqual({ key: 'w/decision/ana/1', payload: reject })
  })

  test('records late decisions, in order, and does not count them', () => {
    const ballot = new Ballot('w', 1)
    ballot.timeOut()
    ballot.decide(decision('ana', 1, { decision: 'reject' }))
    expect(ballot.status).toMatchObject({ phase: 'timed-out', decisions: [{ late: true }] })
    expect(unrecorded(ballot)).toEqual([
      { key: 'w/timeout' },
      { key: 'w/decision/ana/1', payload: { ...reject, late: true } },
    ])
  })

  test('neither times out nor is cancelled once it is decided', () => {
    const ballot = new Ballot('w', 1)
    ballot.decide(decision('ana', 1))
    ballot.timeOut()
    ballot.cancel()
    expect(ballot.status.phase).toBe('approved')
    expect(unrecorded(ballot)).toHaveLength(1)
  })

  test('is amended as long as it is open', () => {
    const ballot = new Ballot('w', 1)
    expect(ballot.amend(amendment('zoe', 1, 5))).toEqual({
      amended: { before: 0, after: 5 },
      effect: { key: 'w/amend/zoe/1', payload: { before: 0, after: 5 } },
    })
    expect(ballot.amend(amendment('zoe', 2, 7)).amended).toEqual({ before: 5, after: 7 })
    ballot.cancel()
    expect(ballot.status).toMatchObject({ phase: 'canceled', amount: 7 })
    expect(ballot.objectionTo(amendment('zoe', 3, 1))).toMatch(/it is canceled/)
  })

  test.each([0, -1, Number.POSITIVE_INFINITY, Number.NaN])('refuses %d as its amount', (amount) => {
    const ballot = new Ballot('w', 1)
    expect(ballot.objectionTo(amendment('zoe', 1, amount))).toMatch(/must be a number above 0/)
    expect(ballot.objectionTo(amendment('zoe', 1, 0.5))).toBeUndefined()
  })
})
