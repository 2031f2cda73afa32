// The load of a machine of two cores, as a record has it, for the tests of everything that reads it.
import type { MachineLine, MachineSample } from '../../harness/record/machine.ts'
import type { RunRecord } from '../../harness/record/record.ts'

const everyMs = 500

/** Shares of the time, from 0 to 1. */
export interface Load {
  /** What serves the run alone waits for a core. @default 0 */
  readonly waiting?: number
  /** Of two cores, what serves the run alone uses. @default 0.2 */
  readonly own?: number
  /** What serves other runs too waits for a core. @default 0 */
  readonly sharedWaiting?: number
  /** Of two cores, what serves other runs too uses. @default 0 */
  readonly shared?: number
  /** Of two cores, what only other runs of the campaign use. @default 0 */
  readonly otherRuns?: number
  /** Of two cores, what others than the campaign use. @default 0 */
  readonly others?: number
  /** Of two cores, what other virtual machines take. @default 0 */
  readonly stolen?: number
  /** @default 0 */
  readonly cpu?: number
  /** @default 0 */
  readonly io?: number
  /** @default 0 */
  readonly memory?: number
}

const quiet: Required<Load> = {
  waiting: 0,
  own: 0.2,
  sharedWaiting: 0,
  shared: 0,
  otherRuns: 0,
  others: 0,
  stolen: 0,
  cpu: 0,
  io: 0,
  memory: 0,
}

/** A sample every 500 ms for a minute. @param loadAt the load that ends at a time */
export function machineLines(loadAt: (atMs: number) => Load): MachineSample[] {
  // Totals count from the machine's start.
  const pressureMs = { cpu: 70_000, io: 30_000, memory: 100 }
  const cores = { busyMs: 900_000, stolenMs: 4_000 }
  const own = { usedMs: 0, waitedMs: 0 }
  const shared = { usedMs: 0, waitedMs: 0 }
  let campaignUsedMs = 0
  return Array.from({ length: 121 }, (_, index) => {
    const atMs = index * everyMs
    const load = { ...quiet, ...loadAt(atMs) }
    if (index > 0) {
      const campaign = load.own + load.shared + load.otherRuns
      pressureMs.cpu += load.cpu * everyMs
      pressureMs.io += load.io * everyMs
      pressureMs.memory += load.memory * everyMs
      cores.busyMs += 2 * (campaign + load.others) * everyMs
      cores.stolenMs += 2 * load.stolen * everyMs
      own.usedMs += 2 * load.own * everyMs
      own.waitedMs += load.waiting * everyMs
      shared.usedMs += 2 * load.shared * everyMs
      shared.waitedMs += load.sharedWaiting * everyMs
      campaignUsedMs += 2 * campaign * everyMs
    }
    return {
      kind: 'sample',
      atMs,
      load: 1,
      lateMs: 1,
      pressureMs: { ...pressureMs },
      cores: { ...cores },
      own: { ...own },
      shared: { ...shared },
      campaignUsedMs,
    }
  })
}

/** The record of a run on a machine with this load, on which the harness stood still in these windows. */
export function onMachine(
  record: RunRecord,
  load: Load | ((atMs: number) => Load),
  standstills: readonly (readonly [fromMs: number, untilMs: number])[] = [],
): RunRecord {
  const lines: MachineLine[] = machineLines(typeof load === 'function' ? load : () => load)
  const gaps = standstills.map(([fromMs, untilMs]) => ({ kind: 'standstill', fromMs, untilMs }) as const)
  return { ...record, machine: [...lines, ...gaps] }
}
