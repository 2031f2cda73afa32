// Whether an event has the attributes of its type.
import { eventName, type HistoryEvent } from '../../history/event.ts'

/** `TimerFired` has `timerFiredEventAttributes`, or none at all. */
export function hasOwnAttributes(event: HistoryEvent): boolean {
  const keys = Object.keys(event).filter((key) => key.endsWith('EventAttributes'))
  const name = eventName(event)
  const own = `${name.charAt(0).toLowerCase()}${name.slice(1)}EventAttributes`
  return keys.length === 0 || (keys.length === 1 && keys[0] === own)
}
