import { describe, expect, test } from 'vitest'
import { event } from '../../test/support/stored-record.ts'
import { Deadline } from '../core/deadline.ts'
import { HistoryCapture } from './history-capture.ts'
import { isClosing, type HistoryEvent } from '../history/event.ts'

const run = { workflowId: 'w', runId: 'r' }
const waiting = { what: 'the end', code: 'CHAOS_TEST' } as const
const ids = (events: readonly HistoryEvent[]) => events.map(({ eventId }) => eventId)

/** As the server shows it before it is stored. */
function transient(id: number): HistoryEvent {
  const { taskId: _, ...event_ } = event(id, id, 'WorkflowTaskScheduled')
  return event_
}

describe('HistoryCapture', () => {
  test('keeps the order of ids and the last version of each, whatever comes again', () => {
    const capture = new HistoryCapture(run)
    const started = event(4, 9, 'WorkflowTaskStarted')
    for (const one of [event(1, 0, 'WorkflowExecutionStarted'), transient(3), event(2, 1, 'TimerStarted')])
      capture.add(one)
    capture.add(event(3, 8, 'WorkflowTaskScheduled'))
    capture.add(started)
    capture.add(started)
    expect(ids(capture.events)).toEqual(['1', '2', '3', '4'])
    expect(capture.events[2]?.taskId).toBeDefined()
  })

  test('who waits is shown durable events only, with each that comes', async () => {
    const capture = new HistoryCapture(run)
    const shown: string[][] = []
    const closed = capture.until(
      (events) => {
        shown.push(ids(events))
        return events.find(isClosing)
      },
      Deadline.after(5_000),
      waiting,
    )
    capture.add(event(1, 0, 'WorkflowExecutionStarted'))
    capture.add(transient(2))
    capture.add(event(2, 0, 'WorkflowExecutionCompleted'))
    expect((await closed).eventId).toBe('2')
    expect(shown).toEqual([[], ['1'], ['1'], ['1', '2']])
    capture.add(event(3, 0, 'WorkflowExecutionCompleted'))
    expect(shown).toHaveLength(4)
  })

  test('nothing comes after the end, so nobody waits for it', async () => {
    const capture = new HistoryCapture(run)
    const asked = { what: 'timer 1 to fire', code: 'CHAOS_TEST', kind: 'unmet' } as const
    const fired = (events: readonly HistoryEvent[]) => events.find(({ eventId }) => eventId === '9')
    const waits = capture.until(fired, Deadline.after(60_000), asked)
    capture.add(event(1, 0, 'WorkflowExecutionStarted'))
    capture.add(event(2, 0, 'WorkflowExecutionCompleted'))
    const never = {
      code: 'CHAOS_TEST',
      kind: 'unmet',
      message: 'waited for timer 1 to fire, and w closed without it: WorkflowExecutionCompleted (event 2)',
    }
    await expect(waits).rejects.toMatchObject(never)
    await expect(capture.until(fired, Deadline.after(60_000), asked)).rejects.toMatchObject(never)
  })

  test('what the question throws ends the wait', async () => {
    const broken = new HistoryCapture(run).until(
      () => {
        throw new Error('broken')
      },
      Deadline.after(5_000),
      waiting,
    )
    await expect(broken).rejects.toThrow('broken')
  })
})
