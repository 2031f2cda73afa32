// Watches one run of a workflow from its start by long poll. A fetch right before a fault would miss the moment.
import { setTimeout as delay } from 'node:timers/promises'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import proto, { type temporal } from '@temporalio/proto'
import { z } from 'zod'
import type { Deadline, Waiting } from '../core/deadline.ts'
import { ChaosError, messageOf } from '../core/errors.ts'
import {
  eventName,
  eventNumber,
  historyEventSchema,
  isClosing,
  isDurable,
  type HistoryEvent,
} from '../history/event.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import { withCallSignal, retryMs, type Observer } from './observer.ts'

export interface CaptureListener {
  event(run: WorkflowRun, event: HistoryEvent): void
  /** Called once for each outage, if the service does not answer. The capture goes on by itself. */
  gap(run: WorkflowRun, message: string): void
}

/** A run's history so far. It grows, and callers can wait until it contains something. */
export class HistoryCapture {
  readonly run: WorkflowRun
  readonly #events: HistoryEvent[] = []
  /** Kept apart from all events, because every waiting caller reads them after each new event. */
  readonly #durable: HistoryEvent[] = []
  readonly #waiting = new Set<() => void>()

  constructor(run: WorkflowRun) {
    this.run = run
  }

  /** The latest known version of each event, in the order of their ids. */
  get events(): HistoryEvent[] {
    return [...this.#events]
  }

  add(event: HistoryEvent): void {
    place(this.#events, event)
    if (isDurable(event)) place(this.#durable, event)
    for (const check of this.#waiting) check()
  }

  /**
   * Waits until `find` returns something for the durable events.
   * @throws as `Deadline.race` does; if the run is closed, a ChaosError with the same code at once
   */
  async until<T>(
    find: (events: HistoryEvent[]) => T | undefined,
    deadline: Deadline,
    options: Waiting,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const check = () => {
      try {
        const found = find([...this.#durable])
        const closing = this.#durable.find(isClosing)
        if (found !== undefined) resolve(found)
        else if (closing !== undefined) reject(this.#closedBefore(closing, options))
      } catch (thrown) {
        reject(thrown)
      }
    }
    this.#waiting.add(check)
    check()
    try {
      return await deadline.race(promise, options)
    } finally {
      this.#waiting.delete(check)
    }
  }

  #closedBefore(closing: HistoryEvent, { what, ...options }: Waiting): ChaosError {
    const how = `${eventName(closing)} (event ${closing.eventId})`
    return new ChaosError(`waited for ${what}, and ${this.run.workflowId} closed without it: ${how}`, options)
  }
}

/** Inserts an event by its id. That is the end, unless another version of it came before. */
function place(events: HistoryEvent[], event: HistoryEvent): void {
  const number = eventNumber(event)
  const at = events.findLastIndex((one) => eventNumber(one) <= number)
  const known = events[at]
  const replaced = known !== undefined && eventNumber(known) === number
  events.splice(replaced ? at : at + 1, replaced ? 1 : 0, event)
}

type HistoryRequest = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryRequest

/** The receivers of a followed history. */
export type HistorySink = Pick<HistoryCapture, 'run' | 'add'>

/** Follows a run until it is closed or `signal` is aborted; never rejects. */
export async function followHistory(
  observer: Observer,
  capture: HistorySink,
  listener: CaptureListener,
  signal: AbortSignal,
): Promise<void> {
  let nextPageToken: Uint8Array | null = null
  let inGap = false
  while (!signal.aborted) {
    try {
      const page = await historyPage(observer, capture.run, { waitNewEvent: true, nextPageToken }, signal)
      for (const event of page.events) {
        capture.add(event)
        listener.event(capture.run, event)
      }
      inGap = false
      if (page.nextPageToken === null) return
      nextPageToken = page.nextPageToken
    } catch (thrown) {
      if (signal.aborted) return
      if (!inGap) listener.gap(capture.run, messageOf(thrown))
      inGap = true
      await delay(retryMs)
    }
  }
}

/** A run's whole history at this moment. */
export async function fetchHistory(
  observer: Observer,
  run: WorkflowRun,
  signal: AbortSignal,
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = []
  let nextPageToken: Uint8Array | null = null
  do {
    const page = await historyPage(observer, run, { nextPageToken }, signal)
    events.push(...page.events)
    nextPageToken = page.nextPageToken
  } while (nextPageToken !== null)
  return events
}

async function historyPage(
  observer: Observer,
  run: WorkflowRun,
  request: HistoryRequest,
  signal: AbortSignal,
): Promise<{ events: HistoryEvent[]; nextPageToken: Uint8Array | null }> {
  const answer = await withCallSignal(signal, observer, () =>
    observer.client.workflowService.getWorkflowExecutionHistory({
      namespace: observer.namespace,
      execution: { ...run },
      historyEventFilterType:
        proto.temporal.api.enums.v1.HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT,
      ...request,
    }),
  )
  const token = answer.nextPageToken
  return {
    events: toEvents(answer.history ?? {}),
    nextPageToken: token === null || token === undefined || token.length === 0 ? null : token,
  }
}

const historySchema = z.object({ events: z.array(historyEventSchema).default([]) })

function toEvents(history: temporal.api.history.v1.IHistory): HistoryEvent[] {
  return historySchema.parse(JSON.parse(historyToJSON(history))).events
}
