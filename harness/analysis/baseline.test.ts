import { expect, test } from 'vitest'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse } from './analyse.ts'
import { baselineOf } from './baseline.ts'

/** A workflow that begins at `atMs`, has its first task after 30 ms and is closed after 200 ms. */
function lived(atMs: number): HistoryEvent[] {
  return [
    event(1, atMs, 'WorkflowExecutionStarted'),
    event(2, atMs + 30, 'WorkflowTaskStarted'),
    event(3, atMs + 200, 'WorkflowExecutionCompleted'),
  ]
}

const measure = (record: RunRecord) => baselineOf(analyse(record))

test('counts the start of every workflow that began before the fault', () => {
  expect(measure(recordOf(lived(100), killed(2_000)))).toEqual({ startLatencyMs: 30, endToEndMs: null })
  expect(measure(recordOf(lived(100), []))).toEqual({ startLatencyMs: 30, endToEndMs: null })
})

test('leaves out work that the fault may have touched', () => {
  expect(measure(recordOf(lived(1_990), killed(2_000)))).toEqual({ startLatencyMs: null, endToEndMs: null })
})

test('measures a whole workflow only with the probe made for it', () => {
  const probed = recordOf(lived(100), killed(2_000))
  const timeline = probed.timeline.map((entry): TimelineEntry =>
    entry.kind === 'workflow' ? { ...entry, origin: 'probe', workflow: 'probeWork' } : entry,
  )
  expect(measure({ ...probed, timeline })).toEqual({ startLatencyMs: 30, endToEndMs: 200 })
})

test('of a real run: workflows start within a tenth of a second', async () => {
  const { startLatencyMs } = measure(await storedRecord('due-after-the-outage'))
  expect(startLatencyMs).toBeGreaterThan(0)
  expect(startLatencyMs).toBeLessThan(100)
})
