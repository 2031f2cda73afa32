import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { storedRecord } from '../../test/support/stored-record.ts'
import { serverPanics } from './server-panics.ts'

const record = await storedRecord('due-after-the-outage')
const panic = { kind: 'panic', service: 'temporal-server', message: 'nil pointer' } as const

test('a log without a panic keeps the promise', () => {
  expect(judged(serverPanics, record)).toEqual({ status: 'kept', findings: [] })
})

test.each([
  [1, 'temporal-server panicked according to its log: nil pointer'],
  [3, 'temporal-server panicked 3 times according to its log: nil pointer'],
])('%i times: the server’s promise is broken, even if it continues', (times, message) => {
  const observations = [...record.observations, { ...panic, times }]
  expect(foundIn({ ...record, observations })).toEqual([{ check: 'server-panics', kind: 'safety', message }])
})

test('a cluster without a log is not checked', () => {
  const why = 'the cluster offers no log'
  const unavailable = { kind: 'unavailable', observation: 'panic', why } as const
  const observations = [...record.observations, unavailable]
  expect(judged(serverPanics, { ...record, observations })).toEqual({
    status: 'not-checked',
    findings: [],
    why,
  })
})

test('a log that could not be read says nothing', () => {
  const unreadable = {
    kind: 'error',
    atMs: 1,
    code: 'CHAOS_LOG_UNREADABLE',
    errorKind: 'harness',
    message: 'gone',
  } as const
  expect(judged(serverPanics, { ...record, timeline: [...record.timeline, unreadable] })).toEqual({
    status: 'not-checked',
    findings: [],
    why: "the server's log could not be read",
  })
})

test('a service that died of its panic breaks the promise, whether or not its log could be read later', () => {
  const message = 'postgres panicked; the end of its log:\nPANIC: could not locate a valid checkpoint record'
  const died = {
    kind: 'error',
    atMs: 1,
    code: 'CHAOS_SERVICE_PANICKED',
    errorKind: 'unmet',
    message,
  } as const
  const timeline = [...record.timeline, died]
  expect(foundIn({ ...record, timeline })).toEqual([{ check: 'server-panics', kind: 'safety', message }])
})
