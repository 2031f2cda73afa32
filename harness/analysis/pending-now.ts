// A history as seen at one instant of the wall clock.
import { eventName, type HistoryEvent } from '../history/event.ts'
import type { PendingWork } from '../history/pending-work.ts'
import type { VirtualClock } from '../history/virtual-time.ts'

export interface Now {
  readonly events: readonly HistoryEvent[]
  readonly clock: VirtualClock
  readonly wallMs: number
  readonly pending: PendingWork | undefined
}

/** `TimerStarted (event 4) was 7.0 s ago` */
export function since(event: HistoryEvent, { clock, wallMs }: Now): string {
  const seconds = Math.max(0, (wallMs - clock.wallMs(event)) / 1000)
  return `${eventName(event)} (event ${event.eventId}) was ${seconds.toFixed(1)} s ago`
}
