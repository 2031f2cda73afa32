// CPU and memory of the processes under test, sampled while runs go on.
import { setTimeout as delay } from 'node:timers/promises'
import pidusage from 'pidusage'
import { monotonicMs } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { Resource } from '../record/timing.ts'

export interface WatchedProcess {
  readonly name: string
  readonly pid: number
}

type Source = () => readonly WatchedProcess[]

interface Sample extends WatchedProcess {
  readonly atMs: number
  readonly cpuPercent: number
  readonly memoryBytes: number
}

const everyMs = 500

export class ResourceSampler implements AsyncDisposable {
  readonly #sources = new Set<Source>()
  readonly #stopped = new AbortController()
  readonly #sampling: Promise<void>
  readonly #samples: Sample[] = []

  constructor() {
    this.#sampling = this.#sample()
    this.#sampling.catch(() => this.#stopped.abort()) // thrown on when the sampler is disposed
  }

  /** Samples what `source` names from now on. Disposed, it gives the peaks of each name since then. */
  watch(source: Source): { peaks(): Resource[] } & Disposable {
    const fromMs = monotonicMs()
    const seen = new Set<number>()
    const remember = () => {
      const watched = source()
      for (const { pid } of watched) seen.add(pid)
      return watched
    }
    this.#sources.add(remember)
    return {
      peaks: () => peaksOf(this.#samples.filter(({ pid, atMs }) => seen.has(pid) && atMs >= fromMs)),
      [Symbol.dispose]: () => this.#sources.delete(remember),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort()
    await this.#sampling
    pidusage.clear()
  }

  async #sample(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      const watched = new Map([...this.#sources].flatMap((source) => source()).map((one) => [one.pid, one]))
      const samples = await Promise.all([...watched.values()].map(sampleOf))
      this.#samples.push(...samples.flat())
      await delay(everyMs, undefined, { signal }).catch(() => undefined) // aborted: the loop ends
    }
  }
}

/** Empty where the process has ended meanwhile. */
async function sampleOf(watched: WatchedProcess): Promise<Sample[]> {
  try {
    const { cpu, memory } = await pidusage(watched.pid)
    return [{ ...watched, atMs: monotonicMs(), cpuPercent: cpu, memoryBytes: memory }]
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    const hasEnded = code === 'ENOENT' || code === 'ESRCH' || messageOf(thrown).includes('No matching pid')
    if (hasEnded) return []
    throw thrown
  }
}

function peaksOf(samples: readonly Sample[]): Resource[] {
  return [...Map.groupBy(samples, ({ name }) => name)].map(([process, own]) => ({
    process,
    cpuPercentMax: Math.max(...own.map(({ cpuPercent }) => cpuPercent)),
    memoryBytesMax: Math.max(...own.map(({ memoryBytes }) => memoryBytes)),
  }))
}
