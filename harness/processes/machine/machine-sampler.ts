// Watches the machine while runs go on: who waited for it how long, and when the harness itself stood still.
import { monotonicMs } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import type { MachineLine, MachineSample } from '../../record/machine.ts'
import type { ProcessRow } from '../process-row.ts'
import { processTable } from '../process-table.ts'
import { treesOf } from '../process-usage.ts'
import type { Watched } from '../watched.ts'
import { ContainerMembers } from './container-members.ts'
import { CoreTimesSum, readOnce, readThreads, type ReadThreads } from './core-times.ts'
import { beatEveryMs, Heartbeat } from './heartbeat.ts'
import { readMachineLoad, whyNoPressure, type MachineLoad } from './load.ts'

/** With one cluster, a sample costs about 5 ms of one core: 1 % of it. */
const sampleEveryMs = 500

/** One run's view of the machine. */
export interface MachineWatch extends Disposable {
  /** Why something could not be observed, as part of a sentence; null if all was. */
  readonly unobserved: string | null
  /** Takes one more sample, so that the figures reach up to now. */
  sample(): void
}

export interface MachineWatchOptions {
  /** What serves the run alone. */
  readonly own: () => readonly Watched[]
  /** What serves other runs too, besides the harness. */
  readonly shared: () => readonly Watched[]
  /** The run's clock. */
  readonly nowMs: () => number
  readonly write: (line: MachineLine) => void
}

export interface MachineSamplerOptions {
  /** @default monotonicMs */
  readonly nowMs?: () => number
  /** @default readMachineLoad */
  readonly load?: () => MachineLoad
  /** @default processTable */
  readonly table?: () => readonly ProcessRow[]
  /** @default readThreads */
  readonly threads?: ReadThreads
}

interface Watch extends MachineWatchOptions {
  readonly ownTimes: CoreTimesSum
  readonly sharedTimes: CoreTimesSum
}

export class MachineSampler implements Disposable {
  readonly #nowMs: () => number
  readonly #load: () => MachineLoad
  readonly #table: () => readonly ProcessRow[]
  readonly #threads: ReadThreads
  readonly #watches = new Set<Watch>()
  readonly #heartbeat: Heartbeat
  readonly #members = new ContainerMembers()
  readonly #campaignTimes = new CoreTimesSum()
  readonly #timer: NodeJS.Timeout
  #sampledMs: number
  #unobserved = whyNoPressure()

  constructor({
    nowMs = monotonicMs,
    load = readMachineLoad,
    table = processTable,
    threads = readThreads,
  }: MachineSamplerOptions = {}) {
    this.#nowMs = nowMs
    this.#load = load
    this.#table = table
    this.#threads = threads
    this.#sampledMs = nowMs()
    this.#heartbeat = new Heartbeat(this.#sampledMs)
    this.#timer = setInterval(() => this.beat(), beatEveryMs).unref()
  }

  /** Begins with a sample of now. */
  watch(options: MachineWatchOptions): MachineWatch {
    const watch = { ...options, ownTimes: new CoreTimesSum(), sharedTimes: new CoreTimesSum() }
    this.#watches.add(watch)
    this.#sample([watch])
    const unobserved = () => this.#unobserved
    return {
      get unobserved() {
        return unobserved()
      },
      sample: () => this.#sample([watch]),
      [Symbol.dispose]: () => this.#watches.delete(watch),
    }
  }

  /** Called by its own timer. */
  beat(): void {
    const nowMs = this.#nowMs()
    const gap = this.#heartbeat.beat(nowMs)
    if (gap !== undefined) {
      for (const { write, nowMs: runMs } of this.#watches) {
        const zeroMs = nowMs - runMs()
        write({ kind: 'standstill', fromMs: gap.fromMs - zeroMs, untilMs: gap.untilMs - zeroMs })
      }
    }
    if (nowMs - this.#sampledMs < sampleEveryMs) return
    this.#sampledMs = nowMs
    this.#sample([...this.#watches])
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  /** Never throws: what could not be read is told by `unobserved`. */
  #sample(watches: readonly Watch[]): void {
    if (watches.length === 0) return
    try {
      const common = { ...this.#load(), lateMs: this.#heartbeat.takeLateMs() }
      const rows = common.cores === undefined ? undefined : this.#table()
      const read = readOnce(this.#threads)
      const campaign = rows && this.#campaignTimes.look(this.#ofCampaign(rows), read)
      for (const { write, nowMs, own, shared, ownTimes, sharedTimes } of watches) {
        const sample: MachineSample = { kind: 'sample', atMs: nowMs(), ...common }
        if (rows === undefined) write(sample)
        else {
          const harness = rows.filter(({ pid }) => pid === process.pid)
          write({
            ...sample,
            own: ownTimes.look(this.#rowsOf(own(), rows), read),
            shared: sharedTimes.look([...harness, ...this.#rowsOf(shared(), rows)], read),
            campaignUsedMs: campaign?.usedMs ?? 0,
          })
        }
      }
    } catch (thrown) {
      this.#unobserved ??= `the machine's load could not be read: ${messageOf(thrown)}`
    }
  }

  #rowsOf(watched: readonly Watched[], rows: readonly ProcessRow[]): readonly ProcessRow[] {
    const pids = watched.flatMap((one) => ('pid' in one ? [one.pid] : []))
    const containers = watched.flatMap((one) => ('pid' in one ? [] : [one.id]))
    return [...treesOf(rows, new Set(pids)).values()].flat().concat(this.#members.of(containers, rows))
  }

  /** The harness with everything below it, and all containers that any run uses. */
  #ofCampaign(rows: readonly ProcessRow[]): readonly ProcessRow[] {
    const watched = [...this.#watches].flatMap(({ own, shared }) => [...own(), ...shared()])
    const containers = watched.filter((one) => !('pid' in one))
    return this.#rowsOf([{ name: 'campaign', pid: process.pid }, ...containers], rows)
  }
}
