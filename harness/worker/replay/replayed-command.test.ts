import { expect, test } from 'vitest'
import { event } from '../../../test/support/stored-record.ts'
import { payloadReader } from './read-payloads.ts'
import { activity, askedInHistory, differences, timer } from './replayed-command.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const json = (value: unknown) => ({
  payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64(JSON.stringify(value)) }],
})
const read = payloadReader([])

const history = [
  event(5, 1, 'ActivityTaskScheduled', {
    activityId: '1',
    activityType: { name: 'pay' },
    input: json({ euro: 3 }),
  }),
  event(6, 1, 'TimerStarted', { timerId: '1', startToFireTimeout: '86400s' }),
  event(9, 1, 'StartChildWorkflowExecutionInitiated', {
    workflowId: 'c',
    workflowType: { name: 'item' },
    input: json(1),
  }),
  event(12, 1, 'WorkflowExecutionUpdateCompleted', {
    meta: { updateId: 'u' },
    outcome: { success: json('yes') },
  }),
  event(13, 1, 'WorkflowExecutionCompleted', { result: json(['done']) }),
]

test('says what a history asked for', async () => {
  expect(await askedInHistory(history, read)).toEqual([
    { subject: 'activity 1', said: 'pay({"euro":3})' },
    { subject: 'timer 1', said: '86400000 ms' },
    { subject: 'child c', said: 'item(1)' },
    { subject: 'the answer to update u', said: '"yes"' },
    { subject: 'the end of the workflow', said: 'the result ["done"]' },
  ])
})

test('finds another argument and another duration', async () => {
  const stored = await askedInHistory(history, read)
  expect(differences([activity('1', 'pay', '{"euro":3}'), timer('1', 86_400_000)], stored)).toEqual([])
  expect(differences([activity('1', 'pay', '{"euro":4}'), timer('1', 43_200_000)], stored)).toEqual([
    'activity 1 was asked for with pay({"euro":3}), and now with pay({"euro":4})',
    'timer 1 was asked for with 86400000 ms, and now with 43200000 ms',
  ])
})

test('compares in order if a subject occurs more than once, and not at all if it occurs another number of times', () => {
  const twice = [activity('pay', 'pay', '1'), activity('pay', 'pay', '2')]
  expect(differences(twice, twice)).toEqual([])
  expect(differences(twice.toReversed(), twice)).toHaveLength(2)
  expect(differences([timer('9', 1)], [])).toEqual([])
  expect(differences(twice, [activity('pay', 'pay', '2')])).toEqual([])
})

test('cuts what is long', () => {
  const long = activity('1', 'pay', 'x'.repeat(1_000))
  expect(differences([long], [activity('1', 'pay', '')])).toEqual([
    expect.stringMatching(
      /^activity 1 was asked for with pay\(\), and now with pay\(x+… \(1005 characters\)$/,
    ),
  ])
})

test('a codec that never writes the same twice makes no difference', async () => {
  const codec = {
    encode: async () => [],
    decode: async () => [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('7') }],
  }
  const coded = payloadReader([codec])
  expect([await coded(json('a').payloads), await coded(json('b').payloads)]).toEqual(['7', '7'])
  expect([await read(undefined), await read([{ metadata: { encoding: base64('binary/null') } }])]).toEqual([
    '',
    'nothing',
  ])
})
