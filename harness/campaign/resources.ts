// CPU and memory of the processes under test, sampled while runs go on.
import { setTimeout as delay } from 'node:timers/promises'
import pidusage from 'pidusage'
import { ChaosError, messageOf } from '../errors.ts'
import type { Resource } from '../record/timing.ts'

export interface WatchedProcess {
  readonly name: string
  readonly pid: number
}

type Source = () => readonly WatchedProcess[]

interface Usage {
  readonly cpuPercent: number
  readonly memoryBytes: number
}

const everyMs = 500

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

  note(name: string, { cpuPercent, memoryBytes }: Usage): void {
    const known = this.#peaks.get(name)
    this.#peaks.set(name, {
      process: name,
      cpuPercentMax: Math.max(known?.cpuPercentMax ?? 0, cpuPercent),
      memoryBytesMax: Math.max(known?.memoryBytesMax ?? 0, memoryBytes),
    })
  }
}

/** How a process is measured; undefined where it has ended. */
export type Measure = (pid: number) => Promise<Usage | undefined>

export class ResourceSampler implements AsyncDisposable {
  readonly #measure: Measure
  readonly #watches = new Set<Watch>()
  readonly #stopped = new AbortController()
  readonly #sampling: Promise<void>
  #failure: ChaosError | undefined

  constructor(measure: Measure = measureProcess) {
    this.#measure = measure
    this.#sampling = this.#sampleUntilStopped()
  }

  /** Samples what `source` names from now on, until it is disposed. */
  watch(source: Source): { peaks(): Resource[] } & Disposable {
    const watch = new Watch(source)
    this.#watches.add(watch)
    return { peaks: () => watch.peaks, [Symbol.dispose]: () => this.#watches.delete(watch) }
  }

  /** One round; the rounds that the sampler makes by itself are 500 ms apart. Never rejects. */
  async sample(): Promise<void> {
    const measured = new Map<number, Promise<Usage | undefined>>()
    const note = async (watch: Watch, { name, pid }: WatchedProcess) => {
      const measuring = measured.get(pid) ?? this.#measure(pid)
      measured.set(pid, measuring)
      const usage = await measuring
      if (usage !== undefined) watch.note(name, usage)
    }
    const rounds = [...this.#watches].map(async (watch) => {
      await Promise.all(watch.source().map((one) => note(watch, one)))
    })
    const failed = (await Promise.allSettled(rounds)).find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) this.#failure ??= unmeasured(failed.reason)
  }

  /** @throws ChaosError `CHAOS_RESOURCES_UNMEASURED`, the first one, where figures are missing from runs */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort()
    await this.#sampling
    pidusage.clear()
    if (this.#failure !== undefined) throw this.#failure
  }

  async #sampleUntilStopped(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await this.sample()
      await delay(everyMs, undefined, { signal }).catch(() => undefined) // aborted: the loop ends
    }
  }
}

async function measureProcess(pid: number): Promise<Usage | undefined> {
  try {
    const { cpu, memory } = await pidusage(pid)
    return { cpuPercent: cpu, memoryBytes: memory }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    const hasEnded = code === 'ENOENT' || code === 'ESRCH' || messageOf(thrown).includes('No matching pid')
    if (hasEnded) return undefined
    throw thrown
  }
}

function unmeasured(cause: unknown): ChaosError {
  return new ChaosError(`CPU and memory of a process could not be read: ${messageOf(cause)}`, {
    code: 'CHAOS_RESOURCES_UNMEASURED',
    hint: 'The verdicts of the runs stand; their resources are incomplete.',
    cause,
  })
}
