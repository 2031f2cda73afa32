// An activity that waited for a free slot: the worker that took it was full with others, and took it when one of
// them ended.
import { runningAt, type Execution } from '../activity-executions.ts'
import type { WaitInterval } from '../open-obligation.ts'
import type { Outage } from '../outages.ts'
import { lasting, negligibleMs, type Wait } from './wait.ts'

export const slotSetting = 'maxConcurrentActivityTaskExecutions'
export const slotWaitName = 'no free activity slot'

export interface SlotSources {
  readonly outage: Outage
  readonly executions: readonly Execution[]
  /** How many the queue's workers ran at once before the first fault; undefined if none was seen full. */
  readonly slots: number | undefined
}

/**
 * The times in which the worker was full. If it was as full before the fault, its team sized it so, and the
 * waiting is no part of the recovery.
 * @param fromMs when the attempt could have begun
 * @param untilMs when a worker took it
 */
export function slotWaits(
  identity: string,
  { fromMs, untilMs: takenMs }: WaitInterval,
  { outage, executions, slots }: SlotSources,
): Wait[] {
  const others = executions.filter(
    (one) => one.identity === identity && Math.abs(one.fromMs - takenMs) > Number.EPSILON,
  )
  const freed = others.some((one) => one.fromMs < takenMs && Math.abs(one.untilMs - takenMs) < negligibleMs)
  if (!freed) return []
  const most = Math.max(...others.map(({ fromMs: ms }) => runningAt(ms, others)))
  const wait = (time: WaitInterval) => ({
    name: slotWaitName,
    setting: slotSetting,
    fromMs: Math.max(fromMs, time.fromMs),
    untilMs: time.untilMs,
    detail: `${most} other ${most === 1 ? 'activity' : 'activities'} ran on ${identity}`,
  })
  const wasFullBefore = slots !== undefined && most >= slots
  const holding = wasFullBefore ? others.flatMap((one) => heldSlot(one, executions, outage)) : []
  return [
    ...fullTimes(holding, most, takenMs).flatMap((time) => lasting({ ...wait(time), isUsual: true })),
    ...fullTimes(others, most, takenMs)
      .slice(-1)
      .flatMap((time) => lasting(wait(time))),
  ]
}

/** The times up to `takenMs` in which the worker ran as many as it ever did. Short gaps are none. */
function fullTimes(executions: readonly WaitInterval[], most: number, takenMs: number): WaitInterval[] {
  const times: WaitInterval[] = []
  const begins = executions.map(({ fromMs }) => fromMs).filter((ms) => ms < takenMs)
  for (const fromMs of begins.toSorted((a, b) => a - b)) {
    if (runningAt(fromMs, executions) < most) continue
    const ends = executions.filter((one) => one.fromMs <= fromMs && one.untilMs > fromMs)
    const endMs = Math.min(...ends.map((one) => one.untilMs))
    const untilMs = Math.abs(endMs - takenMs) < negligibleMs ? takenMs : Math.min(endMs, takenMs)
    const last = times.at(-1)
    const goesOn = last !== undefined && last.untilMs + negligibleMs >= fromMs
    if (goesOn) times.pop()
    times.push({ fromMs: goesOn ? last.fromMs : fromMs, untilMs })
  }
  return times
}

/**
 * How long an execution held its slot by its own work. If an outage touches it, its end only says when
 * the worker could report. It then counts for as long as the longest of its type outside of an outage.
 */
function heldSlot(one: Execution, executions: readonly Execution[], outage: Outage): Execution[] {
  if (!isTouched(one, outage)) return [one]
  const alike = executions.filter(({ type }) => type === one.type)
  const untouched = alike.filter((other) => !isTouched(other, outage))
  const longestMs = Math.max(0, ...untouched.map(({ fromMs, untilMs }) => untilMs - fromMs))
  const untilMs = Math.min(one.untilMs, one.fromMs + longestMs)
  return untilMs > one.fromMs ? [{ ...one, untilMs }] : []
}

function isTouched(one: WaitInterval, { fromMs, untilMs, serviceableFromMs, isOfService }: Outage): boolean {
  return one.fromMs < (isOfService ? serviceableFromMs : untilMs) && one.untilMs > fromMs
}
