// What the machine was doing in any part of a run, from the running totals of the record.
import type { CoreTimes, MachineLine, MachineSample } from '../record/machine.ts'
import type { TimeWindow } from '../result/check-result.ts'
import type { MachineResult } from '../result/machine-result.ts'

/** Shares are of the window, from 0 to 1. */
export interface WindowLoad {
  /** The run's processes were ready to run and waited for cores that others used; null if it was not seen. */
  readonly waiting: number | null
  /** At least one process of the machine waited for a core, for the disk, for memory; null if it was not seen. */
  readonly pressure: { readonly cpu: number; readonly io: number; readonly memory: number } | null
  /** The highest load average. */
  readonly load: number
}

export interface Machine {
  /** Undefined if nothing was sampled, as in records from before the machine was observed. */
  within(window: TimeWindow): WindowLoad | undefined
  /** How long the harness stood still in the window, in all. */
  standstillMs(window: TimeWindow): number
}

export function machineOf(lines: readonly MachineLine[]): Machine {
  const samples = lines.filter((line): line is MachineSample => line.kind === 'sample')
  const standstills = lines.filter(({ kind }) => kind === 'standstill') as readonly TimeWindow[]
  const waited = heldUp(samples)
  const totals = (of: 'cpu' | 'io' | 'memory') =>
    new Totals(
      samples.flatMap(({ atMs, pressureMs }) =>
        pressureMs === undefined ? [] : [{ atMs, totalMs: pressureMs[of] }],
      ),
    )
  const pressures = { cpu: totals('cpu'), io: totals('io'), memory: totals('memory') }
  return {
    within(window) {
      if (samples.length === 0) return undefined
      const inside = samples.filter(({ atMs }) => atMs >= window.fromMs && atMs <= window.untilMs)
      const [cpu, io, memory] = [pressures.cpu, pressures.io, pressures.memory].map((one) =>
        one.shareOf(window),
      )
      return {
        waiting: waited.shareOf(window) ?? null,
        pressure: cpu === undefined || io === undefined || memory === undefined ? null : { cpu, io, memory },
        load: Math.max(0, ...(inside.length === 0 ? samples : inside).map(({ load }) => load)),
      }
    },
    standstillMs: (window) => standstills.reduce((sum, one) => sum + overlapMs(one, window), 0),
  }
}

/** The machine from the run's start to its end; undefined if it was not observed. */
export function machineResult(machine: Machine, endedMs: number): MachineResult | undefined {
  const window = { fromMs: 0, untilMs: endedMs }
  const load = machine.within(window)
  if (load === undefined) return undefined
  const { waiting, pressure } = load
  return {
    waiting,
    cpuPressure: pressure?.cpu ?? null,
    ioPressure: pressure?.io ?? null,
    memoryPressure: pressure?.memory ?? null,
    load: load.load,
    standstillMs: machine.standstillMs(window),
  }
}

function overlapMs(a: TimeWindow, b: TimeWindow): number {
  return Math.max(0, Math.min(a.untilMs, b.untilMs) - Math.max(a.fromMs, b.fromMs))
}

interface Total {
  readonly atMs: number
  readonly totalMs: number
}

/** A running total, seen now and then; between two looks it is taken to grow evenly. */
class Totals {
  readonly #seen: readonly Total[]

  constructor(seen: readonly Total[]) {
    this.#seen = seen
  }

  /** How much of the window it grew by; undefined if it was not seen twice. */
  shareOf({ fromMs, untilMs }: TimeWindow): number | undefined {
    const [first, second] = this.#seen
    if (first === undefined || second === undefined || untilMs <= fromMs) return undefined
    return Math.min(1, (this.#at(untilMs) - this.#at(fromMs)) / (untilMs - fromMs))
  }

  #at(atMs: number): number {
    const after = this.#seen.findIndex((one) => one.atMs >= atMs)
    const next = this.#seen[after]
    const last = this.#seen[after - 1] ?? (after === -1 ? this.#seen.at(-1) : next)
    if (last === undefined || next === undefined) return last?.totalMs ?? 0
    if (next.atMs <= last.atMs) return next.totalMs
    return last.totalMs + ((next.totalMs - last.totalMs) * (atMs - last.atMs)) / (next.atMs - last.atMs)
  }
}

/**
 * How long the run's work was held up because its threads waited for a core: the larger of two reckonings. Of what
 * serves the run alone, the share of its waiting counts that anything else used of the cores: a system that waits
 * for itself is slow by itself. Of what serves other runs too, only the share that others than the campaign used,
 * since its waiting is mostly for work of other runs. Both have a part in what other virtual machines took.
 */
function heldUp(samples: readonly MachineSample[]): Totals {
  let totalMs = 0
  return new Totals(
    samples.flatMap((sample, index) => {
      const now = timesOf(sample)
      if (now === undefined) return []
      const before = index === 0 ? undefined : timesOf(samples[index - 1])
      if (before !== undefined) {
        const passedMs = sample.atMs - before.atMs
        const stolenMs = now.stolenMs - before.stolenMs
        const takenMs = Math.max(1, now.busyMs - before.busyMs + stolenMs)
        const reckoned = (times: CoreTimes, usedMs: number) => {
          const elseShare = Math.min(1, Math.max(0, 1 - usedMs / takenMs))
          const stolenFromMs = (stolenMs * Math.max(0, times.usedMs)) / takenMs
          return lostMs(times.usedMs, times.waitedMs * elseShare + stolenFromMs, passedMs)
        }
        const own = differenceOf(now.own, before.own)
        const shared = differenceOf(now.shared, before.shared)
        totalMs += Math.max(
          reckoned(own, own.usedMs),
          reckoned(shared, now.campaignUsedMs - before.campaignUsedMs),
        )
      }
      return [{ atMs: sample.atMs, totalMs }]
    }),
  )
}

function timesOf(sample: MachineSample | undefined) {
  const { atMs = 0, own, shared, cores, campaignUsedMs } = sample ?? {}
  if (own === undefined || shared === undefined || cores === undefined || campaignUsedMs === undefined) {
    return undefined
  }
  return { atMs, own, shared, campaignUsedMs, ...cores }
}

function differenceOf(now: CoreTimes, before: CoreTimes): CoreTimes {
  return { usedMs: now.usedMs - before.usedMs, waitedMs: now.waitedMs - before.waitedMs }
}

/**
 * Threads that wait at the same time hold the work up once. So no more counts than their waiting as a share of their
 * waiting and running.
 */
function lostMs(usedMs: number, waitedMs: number, passedMs: number): number {
  if (waitedMs <= 0) return 0
  return Math.min(waitedMs, (passedMs * waitedMs) / (waitedMs + Math.max(0, usedMs)))
}
