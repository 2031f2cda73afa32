import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { faultProven } from './fault-proven.ts'

const record = await storedRecord('due-after-the-outage')

test('a kill whose exit was observed is proven', () => {
  expect(judged(faultProven, record)).toEqual({ status: 'kept', findings: [] })
})

test('a run without a fault has tested nothing', () => {
  const timeline = record.timeline.filter(({ kind }) => kind !== 'fault' && kind !== 'fault-confirmed')
  expect(foundIn({ ...record, timeline })).toEqual([
    { check: 'fault-proven', kind: 'assumption', message: 'no fault was injected' },
  ])
})

test('a kill whose exit was not observed', () => {
  const timeline = record.timeline.filter((entry) => entry.kind !== 'exited' || entry.incarnation !== 1)
  expect(foundIn({ ...record, timeline })).toEqual([
    {
      check: 'fault-proven',
      kind: 'assumption',
      message: expect.stringMatching(/no death was observed$/),
    },
  ])
})

test('a fault that was never confirmed, and one that shows nothing', () => {
  const entries = killed(1_000, 1_600)
  const unconfirmed = entries.filter(({ kind }) => kind !== 'fault-confirmed')
  const silent = entries.map((entry) =>
    entry.kind === 'fault-confirmed' ? { ...entry, evidence: {} } : entry,
  )
  const messages = [unconfirmed, silent].map((timeline) =>
    judged(faultProven, recordOf([], timeline)).findings.map(({ kind, message }) => [kind, message]),
  )
  expect(messages).toEqual([
    [['assumption', expect.stringMatching(/^kill-worker .*worker-1#1 was not confirmed$/)]],
    [['assumption', expect.stringMatching(/^kill-worker .*worker-1#1 shows no evidence$/)]],
  ])
})

test.each([
  ['by any signal', { code: null, signal: 'SIGABRT' }, []],
  ['with its own exit code', { code: 1, signal: null }, []],
  ['in good order', { code: 0, signal: null }, ['worker-1#1 should have died, but no death was observed']],
])('a worker that should have died and ended %s', (_, exit, expected) => {
  const timeline = killed(1_000, 1_600).map((entry) => (entry.kind === 'exited' ? { ...entry, exit } : entry))
  const { findings } = judged(faultProven, recordOf([], timeline))
  expect(findings.map(({ message }) => message)).toEqual(expected)
})

test.each(['CHAOS_FAULT_UNPROVEN', 'CHAOS_FAULT_UNAVAILABLE', 'CHAOS_CAPABILITY_MISSING'])(
  'the error %s leaves the claim untested, and only this check speaks of it',
  (code) => {
    const error = { kind: 'error', atMs: 2_000, code, errorKind: 'unmet', message: 'no proof' } as const
    const unproven = { ...record, timeline: [...record.timeline, error] }
    expect(foundIn(unproven)).toEqual([{ check: 'fault-proven', kind: 'assumption', message: 'no proof' }])
  },
)

test('a target at which nobody can look proves nothing, whatever the fault says', () => {
  const why = 'the run has no worker worker-7'
  const unwatched = { kind: 'target-unwatched', atMs: 9_000, fault: 1, why } as const
  expect(foundIn({ ...record, timeline: [...record.timeline, unwatched] })).toEqual([
    {
      check: 'fault-proven',
      kind: 'assumption',
      message: `only kill-worker on worker-1#1 itself says that it had its effect: ${why}`,
    },
  ])
})
