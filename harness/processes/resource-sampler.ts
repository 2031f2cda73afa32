// Samples CPU and memory of the harness and of the system under test while runs go on.
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../core/clock.ts'
import { ChaosError, messageOf } from '../core/errors.ts'
import type { ProcessRow } from './process-row.ts'
import { processTable } from './process-table.ts'
import type { Usage, Watched } from './watched.ts'
import { cpuById, cpuPercentOf, cpuPercentSince, type Look } from './cpu.ts'
import { measureProcesses, memoryOf, treesOf, type Measure } from './process-usage.ts'
import type { Resource } from '../record/resource.ts'

type Source = () => readonly Watched[]

/** With one cluster, a sample costs about 20 ms of one core: 2 % of it. */
const everyMs = 1_000

interface Used {
  readonly name: string
  readonly cpuPercent: number
  readonly memoryBytes: number
}

/**
 * The highest figures of each name. Kept instead of samples, which a long campaign would pile up without end.
 */
class Watch {
  readonly source: Source
  readonly #peaks = new Map<string, Resource>()

  constructor(source: Source) {
    this.source = source
  }

  get peaks(): Resource[] {
    return [...this.#peaks.values()]
  }

  /** The sum for this name at one sample. */
  note(name: string, used: readonly Used[]): void {
    const known = this.#peaks.get(name)
    const sum = (figure: (one: Used) => number) => used.reduce((total, one) => total + figure(one), 0)
    this.#peaks.set(name, {
      process: name,
      cpuPercentMax: Math.max(
        known?.cpuPercentMax ?? 0,
        sum(({ cpuPercent }) => cpuPercent),
      ),
      memoryBytesMax: Math.max(
        known?.memoryBytesMax ?? 0,
        sum(({ memoryBytes }) => memoryBytes),
      ),
    })
  }
}

export interface SamplerOptions {
  /** Main processes under test. Watched or not, they count to no other tree. @default none */
  readonly tested?: () => readonly number[]
  /** @default measureProcesses */
  readonly measure?: Measure
  /** @default processTable */
  readonly table?: () => readonly ProcessRow[]
  /** @default monotonicMs */
  readonly nowMs?: () => number
}

export class ResourceSampler implements AsyncDisposable {
  readonly #tested: () => readonly number[]
  readonly #measure: Measure
  readonly #table: () => readonly ProcessRow[]
  readonly #nowMs: () => number
  readonly #watches = new Set<Watch>()
  readonly #stopped = new AbortController()
  readonly #sampling: Promise<void>
  #last: Look | undefined
  #failure: ChaosError | undefined

  constructor({
    tested = () => [],
    measure = measureProcesses,
    table = processTable,
    nowMs = monotonicMs,
  }: SamplerOptions = {}) {
    this.#tested = tested
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
   * Takes one sample of everything that is watched; the sampler's own are 1 s apart. CPU is counted since the
   * last sample, for processes that still run. Never rejects.
   */
  async sample(): Promise<void> {
    try {
      if (this.#watches.size === 0) this.#last = undefined
      else await this.#look()
    } catch (thrown) {
      this.#failure ??= unmeasured(thrown)
    }
  }

  /** @throws ChaosError `CHAOS_RESOURCES_UNMEASURED`, the first one, if figures are missing from runs */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort()
    await this.#sampling
    if (this.#failure !== undefined) throw this.#failure
  }

  async #look(): Promise<void> {
    const watched = [...this.#watches].map((watch) => ({ watch, named: watch.source() }))
    const all = watched.flatMap(({ named }) => named)
    const roots = new Set(all.flatMap((one) => ('pid' in one ? [one.pid] : [])))
    const trees = treesOf(this.#table(), roots, new Set(this.#tested()))
    const rows = [...trees.values()].flat()
    const before = this.#last
    const atMs = this.#nowMs()
    const [usages, told] = await Promise.all([this.#measure(rows.map(({ pid }) => pid)), toldBy(all)])
    const toldCpu = [...told].map(([id, { cpuMs }]) => [id, cpuMs] as const)
    this.#last = { atMs, cpuMs: new Map([...cpuById(rows, usages), ...toldCpu]) }
    for (const { watch, named } of watched) {
      const used = named.flatMap((one): Used[] => {
        if ('pid' in one) {
          const tree = (trees.get(one.pid) ?? []).filter((row) => usages.has(row.pid))
          if (tree.length === 0) return []
          const memoryBytes = memoryOf(tree.flatMap((row) => usages.get(row.pid) ?? []))
          return [{ name: one.name, cpuPercent: cpuPercentOf(tree, usages, before, atMs), memoryBytes }]
        }
        const usage = told.get(one.id)
        if (usage === undefined) return []
        const cpuPercent = cpuPercentSince(one.id, usage.cpuMs, before, atMs)
        return [{ name: one.name, cpuPercent, memoryBytes: usage.memoryBytes }]
      })
      for (const [name, all] of Map.groupBy(used, (one) => one.name)) watch.note(name, all)
    }
  }

  async #sampleUntilStopped(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      // A container engine may take a whole second to answer: counted from the end of a sample, short lives
      // are missed.
      const next = delay(everyMs, undefined, { signal }).catch(() => undefined) // aborted: the loop ends
      await this.sample()
      await next
    }
  }
}

/** Asks each source that counts its own usage once. */
async function toldBy(all: readonly Watched[]): Promise<ReadonlyMap<string, Usage>> {
  const tellers = new Map(all.flatMap((one) => ('pid' in one ? [] : [[one.id, one] as const])))
  const told = await Promise.all(
    [...tellers].map(async ([id, teller]) => [id, await teller.usage()] as const),
  )
  return new Map(told.flatMap(([id, usage]) => (usage === undefined ? [] : [[id, usage] as const])))
}

function unmeasured(cause: unknown): ChaosError {
  return new ChaosError(`CPU and memory could not be read: ${messageOf(cause)}`, {
    code: 'CHAOS_RESOURCES_UNMEASURED',
    hint: 'The verdicts of the runs stand; their resources are incomplete.',
    cause,
  })
}
