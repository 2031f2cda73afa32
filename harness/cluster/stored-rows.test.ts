import { expect, test } from 'vitest'
import { readActivity, readExecution, readLastEvent, readTask, readTimer } from './stored-rows.ts'

/** Protobuf's wire format: fields of type varint (0) and of a length (2). */
const varint = (value: bigint): number[] =>
  value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)]
const number = (id: number, value: number) => [
  ...varint(BigInt(id << 3)),
  ...varint(BigInt.asUintN(64, BigInt(value))),
]
const bytes = (id: number, value: readonly number[]) => [
  ...varint(BigInt((id << 3) | 2)),
  ...varint(BigInt(value.length)),
  ...value,
]
const text = (id: number, value: string) => bytes(id, [...Buffer.from(value)])
const blob = (...fields: number[][]) => Uint8Array.from(fields.flat())

test('a timer', () => {
  const expiry = [...number(1, 1_700_000_000), ...number(2, 500_000_000)]
  expect(
    readTimer(blob(number(1, 9), number(2, 6), bytes(3, expiry), number(4, 1), text(5, 'near'))),
  ).toEqual({
    timerId: 'near',
    startedEventId: 6,
    expiresAtMs: 1_700_000_000_500,
  })
})

test('an activity that nobody has started, and one that runs with its start not stored yet', () => {
  const waiting = blob(text(8, 'pay'), number(17, 1), number(30, 7))
  expect(readActivity(waiting)).toEqual({
    activityId: 'pay',
    scheduledEventId: 7,
    isStarted: false,
    isPaused: false,
    attempt: 1,
  })
  const running = blob(number(5, -124), text(8, 'pay'), number(17, 2), number(30, 7), number(42, 1))
  expect(readActivity(running)).toMatchObject({ isStarted: true, isPaused: true, attempt: 2 })
})

test('tasks of each table', () => {
  expect(readTask('timer_tasks', blob(text(3, 'run'), number(4, 14), number(9, 6)))).toEqual({
    table: 'timer_tasks',
    type: 14,
    eventId: 6,
  })
  expect(readTask('transfer_tasks', blob(text(3, 'run'), number(4, 4), number(10, 7)))).toEqual({
    table: 'transfer_tasks',
    type: 4,
    eventId: 7,
  })
  const task = [...text(3, 'run'), ...number(4, 8)]
  expect(readTask('tasks', blob(bytes(1, task), number(2, 5)))).toEqual({
    table: 'tasks',
    type: 0,
    eventId: 8,
  })
  expect(readTask('tasks_v2', blob(number(2, 5)))).toEqual({ table: 'tasks_v2', type: 0, eventId: 0 })
})

test('the last event of a batch, if its encoding is known', () => {
  const batch = blob(bytes(1, number(1, 4)), bytes(1, number(1, 5)))
  expect(readLastEvent(batch, 'Proto3')).toBe(5)
  expect(readLastEvent(batch, 'Json')).toBeNull()
  expect(readLastEvent(blob(), 'Proto3')).toBeNull()
})

test('a workflow run: whether it runs, what its rules are, and where its events are', () => {
  const ancestor = bytes(3, [...text(1, 'base'), ...number(2, 1), ...number(3, 4)])
  const token = [...text(1, 'tree'), ...text(2, 'own'), ...ancestor]
  const histories = bytes(54, [...number(1, 1), ...bytes(2, []), ...bytes(2, bytes(1, token))])
  const state = (value: number, status: number) => blob(number(3, value), number(4, status))
  expect(readExecution(blob(histories), state(2, 1), 9)).toEqual({
    isRunning: true,
    expires: false,
    skipsTime: false,
    isVersioned: false,
    branches: [
      { tree: 'tree', branch: 'base', first: 1, past: 4 },
      { tree: 'tree', branch: 'own', first: 4, past: 9 },
    ],
  })
  const ruled = blob(bytes(57, number(1, 1_700_000_000)), bytes(98, number(1, 1)), bytes(115, number(1, 1)))
  expect(readExecution(ruled, state(3, 2), 9)).toEqual({
    isRunning: false,
    expires: true,
    skipsTime: true,
    isVersioned: true,
    branches: [],
  })
  const zeroTime = blob(bytes(57, number(1, -62_135_596_800)))
  expect(readExecution(zeroTime, state(2, 8), 9)).toMatchObject({ isRunning: false, expires: false })
})
