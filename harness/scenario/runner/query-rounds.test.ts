import { expect, onTestFinished, test } from 'vitest'
import { QueryNotRegisteredError } from '@temporalio/client'
import { ValueError } from '@temporalio/common'
import { MemoryTimeline } from '../../../test/support/memory-timeline.ts'
import { event } from '../../../test/support/stored-record.ts'
import { Deadline } from '../../core/deadline.ts'
import type { HistoryEvent } from '../../history/event.ts'
import { QueryRounds } from './query-rounds.ts'

/** As the client makes it of gRPC's INVALID_ARGUMENT. */
const refusal = Reflect.construct(QueryNotRegisteredError, ['no such query', 3]) as QueryNotRegisteredError

const run = { workflowId: 'w', runId: 'r' }
const taskDone = (id: number) => event(id, 1_000, 'WorkflowTaskCompleted')
const closed = event(99, 9_000, 'WorkflowExecutionCompleted')

/** Rounds about one workflow whose history and answers the test decides. */
function rounds(answer: (asked: number, signal: AbortSignal) => Promise<unknown>) {
  const timeline = new MemoryTimeline()
  const events: HistoryEvent[] = [taskDone(4)]
  let asked = 0
  const all = new QueryRounds({
    recorder: timeline,
    eventsOf: () => events,
    ask: (_run, _query, signal) => answer((asked += 1), signal),
    isUp: () => true,
  })
  onTestFinished(() => all[Symbol.asyncDispose]())
  all.watch({ ...run, current: () => run }, { progress: 'grows' })
  const answers = () =>
    timeline.entries.flatMap((entry) => (entry.kind === 'queried' ? [entry.answer ?? entry.outcome] : []))
  const until = (isSo: () => boolean) =>
    Deadline.after(30_000).poll(async () => (isSo() ? true : undefined), {
      what: 'a query',
      everyMs: 5,
      code: 'CHAOS_TEST_NOT_ASKED',
    })
  return { all, events, answers, until, asked: () => asked, timeline }
}

test('a workflow is asked all along, and an answer that stays the same is told once', async () => {
  const { answers, until, asked, timeline } = rounds(async (nth) => (nth < 3 ? 1 : 2))
  await until(() => asked() > 3)
  expect(answers()).toEqual([1, 2])
  expect(timeline.entries[0]).toMatchObject({ kind: 'queries-declared', rules: { progress: 'grows' } })
})

test('nothing is asked from a fault on until every target is up and the workflow went on', async () => {
  const { all, events, answers, until, asked } = rounds(async (nth) => nth)
  await until(() => asked() > 0)
  all.pause()
  const before = asked()
  all.resume()
  await until(() => asked() === before)
  events.push(taskDone(8))
  await until(() => asked() > before)
  expect(answers().length).toBeGreaterThan(1)
})

test('a fault ends the query that is under way, and nothing is told of that', async () => {
  const { all, answers, until, asked } = rounds(async (_nth, signal) => {
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error('cancelled'))),
    )
  })
  await until(() => asked() === 1)
  all.pause()
  await all[Symbol.asyncDispose]()
  expect(answers()).toEqual([])
})

test('at the end every query is asked once more, also of a closed workflow', async () => {
  const { all, events, answers, until, asked } = rounds(async () => 'done')
  await until(() => asked() === 1)
  events.push(closed)
  await all.finish()
  expect(answers()).toEqual(['done', 'done'])
})

test('a worker that refuses is told apart from nobody who answers', async () => {
  const refusing = rounds(async () => {
    throw refusal
  })
  await refusing.until(() => refusing.answers().length > 0)
  expect(refusing.answers()).toEqual(['refused'])
  const silent = rounds(async () => {
    throw new Error('14 UNAVAILABLE')
  })
  await silent.until(() => silent.answers().length > 0)
  expect(silent.answers()).toEqual(['unanswered'])
})

test('an answer that only the worker can read is an answer', async () => {
  const { until, timeline } = rounds(async () => {
    throw new ValueError('Unknown encoding: binary/encrypted')
  })
  await until(() => timeline.entries.length > 1)
  expect(timeline.entries[1]).toMatchObject({
    kind: 'queried',
    outcome: 'answered',
    why: 'the answer cannot be read: Unknown encoding: binary/encrypted',
  })
  expect(timeline.entries[1]).not.toHaveProperty('answer')
})
