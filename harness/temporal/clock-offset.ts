// By how much the clock of a service on another machine is ahead of the harness's. Only the service's own timestamps
// tell, so a workflow that nobody runs is started: its first event has one.
import { randomUUID } from 'node:crypto'
import { eventTimeMs } from '../history/event.ts'
import { fetchHistory } from './history-capture.ts'
import type { Observer } from './observer.ts'

export interface ClockOffset {
  /** The service's clock minus the harness's, in milliseconds. */
  readonly offsetMs: number
  /** The offset may be wrong by this much: half of the shortest round trip. */
  readonly errorMs: number
}

/** More tries find a shorter round trip. */
const tries = 5

/** @throws what the client throws if the service does not answer */
export async function measureClockOffset(observer: Observer, signal: AbortSignal): Promise<ClockOffset> {
  let best: ClockOffset | undefined
  for (let at = 0; at < tries; at += 1) {
    const measured = await measureOnce(observer, signal)
    if (best === undefined || measured.errorMs < best.errorMs) best = measured
  }
  return best ?? { offsetMs: 0, errorMs: Infinity }
}

async function measureOnce(observer: Observer, signal: AbortSignal): Promise<ClockOffset> {
  const name = 'temporal-chaos-clock'
  const workflowId = `${name}-${randomUUID()}`
  const sentMs = Date.now()
  // No task before that: one that nobody takes would stay in its queue for good.
  const delayed = { taskQueue: name, startDelay: '1 hour' } as const
  const handle = await observer.client.workflow.start(name, { workflowId, ...delayed })
  const answeredMs = Date.now()
  const run = { workflowId, runId: handle.firstExecutionRunId }
  const [started] = await fetchHistory(observer, run, signal)
  await handle.terminate('the clock was read')
  if (started === undefined) throw new Error(`the history of ${workflowId} has no event`)
  return offsetOf({ sentMs, answeredMs, serverMs: eventTimeMs(started) })
}

/** The service read its clock somewhere between sending and answering, most likely in the middle. */
export function offsetOf(one: {
  readonly sentMs: number
  readonly answeredMs: number
  readonly serverMs: number
}): ClockOffset {
  const { sentMs, answeredMs, serverMs } = one
  return { offsetMs: serverMs - (sentMs + answeredMs) / 2, errorMs: (answeredMs - sentMs) / 2 }
}
