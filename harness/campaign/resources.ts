// CPU and memory of the harness and of what is under test, sampled while runs go on.
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../clock.ts'
import { ChaosError, messageOf } from '../errors.ts'
import type { Resource } from '../record/timing.ts'
import type { ProcessRow } from '../stack/process-row.ts'
import { processTable } from '../stack/process-table.ts'
import { measureProcesses, memoryOf, treesOf, type Measure, type ProcessUsage } from './process-usage.ts'

export interface WatchedProcess {
  readonly name: string
  /** All that is below it counts with it, unless that is watched by itself. */
  readonly pid: number
}

type Source = () => readonly WatchedProcess[]

/** What of CPU each process had used, by pid and start, when it was looked at last. */
interface Look {
  readonly atMs: number
  readonly cpuMs: ReadonlyMap<string, number>
}

/** A look costs some 20 ms of one core with one stack up, half of it for the process table: 2 % of it. */
const everyMs = 1_000

/** The highest figures of each name. Kept instead of samples, which a long campaign would pile up without end. */
class Watch {
  readonly source: Source
  readonly #peaks = new Map<string, Resource>()

  constructor(source: Source) {
    this.source = source
  }

  get peaks(): Resource[] {
    return [...this.#peaks.values()]
  }

  note(name: string, cpuPercent: number, memoryBytes: number): void {
    const known = this.#peaks.get(name)
    this.#peaks.set(name, {
      process: name,
      cpuPercentMax: Math.max(known?.cpuPercentMax ?? 0, cpuPercent),
      memoryBytesMax: Math.max(known?.memoryBytesMax ?? 0, memoryBytes),
    })
  }
}

export interface SamplerOptions {
  /** @default measureProcesses */
  readonly measure?: Measure
  /** @default processTable */
  readonly table?: () => readonly ProcessRow[]
  /** @default monotonicMs */
  readonly nowMs?: () => number
}

export class ResourceSampler implements AsyncDisposable {
  readonly #measure: Measure
  readonly #table: () => readonly ProcessRow[]
  readonly #nowMs: () => number
  readonly #watches = new Set<Watch>()
  readonly #stopped = new AbortController()
  readonly #sampling: Promise<void>
  #last: Look | undefined
  #failure: ChaosError | undefined

  constructor({
    measure = measureProcesses,
    table = processTable,
    nowMs = monotonicMs,
  }: SamplerOptions = {}) {
    this.#measure = measure
    this.#table = table
    this.#nowMs = nowMs
    this.#sampling = this.#sampleUntilStopped()
  }

  /** Samples what `source` names from now on, until it is disposed. */
  watch(source: Source): { peaks(): Resource[] } & Disposable {
    const watch = new Watch(source)
    this.#watches.add(watch)
    return { peaks: () => watch.peaks, [Symbol.dispose]: () => this.#watches.delete(watch) }
  }

  /**
   * One look at everything that is watched, by whomever; those that the sampler makes by itself are 1 s apart. CPU is
   * what was used since the look before, by processes that still run. Never rejects.
   */
  async sample(): Promise<void> {
    try {
      if (this.#watches.size === 0) this.#last = undefined
      else await this.#look()
    } catch (thrown) {
      this.#failure ??= unmeasured(thrown)
    }
  }

  /** @throws ChaosError `CHAOS_RESOURCES_UNMEASURED`, the first one, where figures are missing from runs */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort()
    await this.#sampling
    if (this.#failure !== undefined) throw this.#failure
  }

  async #look(): Promise<void> {
    const watched = [...this.#watches].map((watch) => ({ watch, named: watch.source() }))
    const roots = new Set(watched.flatMap(({ named }) => named.map(({ pid }) => pid)))
    const trees = treesOf(this.#table(), roots)
    const rows = [...trees.values()].flat()
    const before = this.#last
    const atMs = this.#nowMs()
    const usages = await this.#measure(rows.map(({ pid }) => pid))
    this.#last = { atMs, cpuMs: cpuById(rows, usages) }
    for (const { watch, named } of watched) {
      for (const { name, pid } of named) {
        const tree = (trees.get(pid) ?? []).filter((row) => usages.has(row.pid))
        if (tree.length === 0) continue
        const memoryBytes = memoryOf(tree.flatMap((row) => usages.get(row.pid) ?? []))
        watch.note(name, cpuPercentOf(tree, usages, before, atMs), memoryBytes)
      }
    }
  }

  async #sampleUntilStopped(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await this.sample()
      await delay(everyMs, undefined, { signal }).catch(() => undefined) // aborted: the loop ends
    }
  }
}

/** Of one core, since the look before; 0 where there was none. */
function cpuPercentOf(
  tree: readonly ProcessRow[],
  usages: ReadonlyMap<number, ProcessUsage>,
  before: Look | undefined,
  atMs: number,
): number {
  if (before === undefined || atMs <= before.atMs) return 0
  const passedMs = atMs - before.atMs
  const usedMs = tree.reduce((sum, row) => {
    const usage = usages.get(row.pid)
    if (usage === undefined) return sum
    const known = before.cpuMs.get(idOf(row))
    // All that a new one has used it has used since then; of one that was not watched before, nobody knows.
    const fromMs = known ?? (usage.ageMs <= passedMs ? 0 : usage.cpuMs)
    return sum + Math.max(0, usage.cpuMs - fromMs)
  }, 0)
  return (usedMs / passedMs) * 100
}

function cpuById(
  rows: readonly ProcessRow[],
  usages: ReadonlyMap<number, ProcessUsage>,
): ReadonlyMap<string, number> {
  return new Map(
    rows.flatMap((row) => {
      const usage = usages.get(row.pid)
      return usage === undefined ? [] : [[idOf(row), usage.cpuMs]]
    }),
  )
}

function idOf({ pid, started }: ProcessRow): string {
  return `${pid} ${started}`
}

function unmeasured(cause: unknown): ChaosError {
  return new ChaosError(`CPU and memory of a process could not be read: ${messageOf(cause)}`, {
    code: 'CHAOS_RESOURCES_UNMEASURED',
    hint: 'The verdicts of the runs stand; their resources are incomplete.',
    cause,
  })
}
