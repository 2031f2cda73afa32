import { ValueError } from '@temporalio/common'
import { expect, test } from 'vitest'
import { MemoryTimeline } from '../../test/support/memory-timeline.ts'
import { ChaosError } from '../core/errors.ts'
import { askAndRecord } from './query.ts'

const of = { workflowId: 'w', runId: 'r', query: 'status', by: 'scenario' } as const

function asked(answer: () => Promise<unknown>) {
  const timeline = new MemoryTimeline()
  const asking = askAndRecord(timeline, () => of, answer)
  return { timeline, asking }
}

test('an answer is on the timeline', async () => {
  const { timeline, asking } = asked(async () => ({ open: 2 }))
  expect(await asking).toEqual({ open: 2 })
  expect(timeline.entries).toEqual([
    { kind: 'queried', atMs: 0, ...of, askedMs: 0, outcome: 'answered', answer: { open: 2 } },
  ])
})

test('one that only the worker can read ends no scenario', async () => {
  const { timeline, asking } = asked(() =>
    Promise.reject(new ValueError('Unknown encoding: binary/encrypted')),
  )
  expect(await asking).toBeUndefined()
  expect(timeline.entries).toMatchObject([
    { outcome: 'answered', why: expect.stringContaining('binary/encrypted') },
  ])
})

test('one that never comes is no failure of the harness: a check decides', async () => {
  const over = new ChaosError('waited 40.0 s for the query status of w', {
    code: 'CHAOS_SERVICE_UNREACHABLE',
  })
  const { timeline, asking } = asked(() => Promise.reject(over))
  await expect(asking).rejects.toMatchObject({
    code: 'CHAOS_MESSAGE_UNANSWERED',
    kind: 'unmet',
    message: 'the query status of w was never answered: waited 40.0 s for the query status of w',
  })
  expect(timeline.entries).toMatchObject([{ kind: 'queried', outcome: 'unanswered' }])
})

test('any other failure is the scenario’s', async () => {
  const { timeline, asking } = asked(() => Promise.reject(new Error('no such workflow')))
  await expect(asking).rejects.toThrow('no such workflow')
  expect(timeline.entries).toEqual([])
})
