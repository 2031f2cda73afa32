import { describe, expect, test } from 'vitest'
import type { ProcessRow } from './process-row.ts'
import { ResourceSampler } from './resource-sampler.ts'
import type { ProcessUsage } from './process-usage.ts'

const server = { name: 'server', pid: 1 }
const row = (pid: number, parent = 0): ProcessRow => ({
  pid,
  parent,
  group: pid,
  state: 'S',
  started: String(pid),
})
const usage = (figures: Partial<ProcessUsage>): ProcessUsage => ({
  cpuMs: 0,
  ageMs: 60_000,
  ownBytes: 0,
  sharedBytes: 0,
  ...figures,
})

interface Instant {
  readonly rows?: readonly ProcessRow[]
  readonly usages: Readonly<Record<number, Partial<ProcessUsage>>> | Error
}

/** A machine that looks like one instant after the other, a second apart, from the first look at it. */
function sampling(...instants: readonly Instant[]) {
  return samplingBeside([], ...instants)
}

/** The same, with these processes under test. */
function samplingBeside(tested: readonly number[], ...instants: readonly Instant[]) {
  let looks = 0
  let measured: readonly number[] = []
  const sampler = new ResourceSampler({
    tested: () => tested,
    nowMs: () => looks * 1_000,
    table: () => instants[looks]?.rows ?? [row(1)],
    async measure(pids) {
      measured = pids
      const { usages = {} } = instants[looks] ?? {}
      looks += 1
      if (usages instanceof Error) throw usages
      return new Map(Object.entries(usages).map(([pid, figures]) => [Number(pid), usage(figures)] as const))
    },
  })
  return { sampler, measured: () => measured }
}

describe('ResourceSampler', () => {
  test('keeps the highest figures of each name', async () => {
    const at = (cpuMs: number, ownBytes: number) => ({ usages: { 1: { cpuMs, ownBytes } } })
    const { sampler } = sampling(at(5_000, 30), at(5_300, 70), at(5_400, 50))
    await using _ = sampler
    using watch = sampler.watch(() => [server])
    for (let look = 0; look < 3; look += 1) await sampler.sample()
    expect(watch.peaks()).toEqual([{ process: 'server', cpuPercentMax: 30, memoryBytesMax: 70 }])
  })

  test('counts all that is below a process, and what they share once', async () => {
    const rows = [row(1), row(2, 1), row(3, 2), row(9)]
    const at = (cpuMs: number) => ({
      rows,
      usages: {
        1: { cpuMs, ownBytes: 1, sharedBytes: 100 },
        2: { cpuMs, ownBytes: 2, sharedBytes: 300 },
        3: { cpuMs, ownBytes: 4, sharedBytes: 200 },
      },
    })
    const { sampler, measured } = sampling(at(0), at(100))
    await using _ = sampler
    using watch = sampler.watch(() => [server])
    await sampler.sample()
    await sampler.sample()
    expect(measured()).toEqual([1, 2, 3])
    expect(watch.peaks()).toEqual([{ process: 'server', cpuPercentMax: 30, memoryBytesMax: 307 }])
  })

  test('a process that is watched by itself is not counted with what started it, whoever watches it', async () => {
    const rows = [row(1), row(2, 1), row(3, 1)]
    const usages = { 1: { ownBytes: 1 }, 2: { ownBytes: 10 }, 3: { ownBytes: 100 } }
    const { sampler } = sampling({ rows, usages })
    await using _ = sampler
    using harness = sampler.watch(() => [{ name: 'harness', pid: 1 }])
    using worker = sampler.watch(() => [{ name: 'worker', pid: 2 }])
    await sampler.sample()
    expect(harness.peaks()).toMatchObject([{ memoryBytesMax: 101 }])
    expect(worker.peaks()).toMatchObject([{ memoryBytesMax: 10 }])
  })

  test('what is under test and nobody watches, a cluster that no run is on, is not counted with the harness', async () => {
    const rows = [row(1), row(2, 1), row(3, 2), row(4, 1)]
    const usages = { 1: { ownBytes: 1 }, 2: { ownBytes: 10 }, 3: { ownBytes: 100 }, 4: { ownBytes: 1_000 } }
    const { sampler, measured } = samplingBeside([2], { rows, usages })
    await using _ = sampler
    using harness = sampler.watch(() => [{ name: 'harness', pid: 1 }])
    await sampler.sample()
    expect(measured()).toEqual([1, 4])
    expect(harness.peaks()).toMatchObject([{ memoryBytesMax: 1_001 }])
  })

  test('what is up at the same time under one name is one figure, however it is counted', async () => {
    const at = (cpuMs: number) => ({
      rows: [row(1), row(2)],
      usages: { 1: { cpuMs, ownBytes: 1 }, 2: { cpuMs, ownBytes: 10 } },
    })
    const { sampler } = sampling(at(0), at(100))
    await using _ = sampler
    const contained = { name: 'worker', id: 'c', usage: async () => ({ cpuMs: 0, memoryBytes: 100 }) }
    using watch = sampler.watch(() => [{ name: 'worker', pid: 1 }, { name: 'worker', pid: 2 }, contained])
    await sampler.sample()
    await sampler.sample()
    expect(watch.peaks()).toEqual([{ process: 'worker', cpuPercentMax: 20, memoryBytesMax: 111 }])
  })

  test('what a process had used before anybody looked is counted only where it is new', async () => {
    const rows = [row(1), row(2, 1), row(3, 1)]
    const { sampler } = sampling(
      { rows: [row(1)], usages: { 1: { cpuMs: 9_000 } } },
      { rows, usages: { 1: { cpuMs: 9_000 }, 2: { cpuMs: 400, ageMs: 500 }, 3: { cpuMs: 400 } } },
    )
    await using _ = sampler
    using watch = sampler.watch(() => [server])
    await sampler.sample()
    await sampler.sample()
    expect(watch.peaks()).toMatchObject([{ cpuPercentMax: 40 }])
  })

  test('measures for everyone who watches, and for nobody afterwards', async () => {
    const at = (ownBytes: number) => ({ usages: { 1: { ownBytes } } })
    const { sampler } = sampling(at(3), at(4))
    await using _ = sampler
    using first = sampler.watch(() => [server])
    using second = sampler.watch(() => [server])
    await sampler.sample()
    second[Symbol.dispose]()
    await sampler.sample()
    expect(first.peaks()).toMatchObject([{ memoryBytesMax: 4 }])
    expect(second.peaks()).toMatchObject([{ memoryBytesMax: 3 }])
  })

  test('an incarnation that has ended leaves its figures, and the next adds to them', async () => {
    const { sampler } = sampling(
      { rows: [row(11)], usages: { 11: { ownBytes: 1 } } },
      { rows: [row(12)], usages: { 12: { ownBytes: 9 } } },
      { rows: [], usages: {} },
    )
    await using _ = sampler
    let pid = 10
    using watch = sampler.watch(() => [{ name: 'worker', pid: (pid += 1) }])
    for (let look = 0; look < 3; look += 1) await sampler.sample()
    expect(watch.peaks()).toMatchObject([{ process: 'worker', memoryBytesMax: 9 }])
  })

  test('goes on after an odd failure, and tells the first one when it is disposed', async () => {
    const { sampler } = sampling(
      { usages: new Error('odd') },
      { usages: { 1: { ownBytes: 5 } } },
      { usages: new Error('odder') },
    )
    const watch = sampler.watch(() => [server])
    for (let look = 0; look < 3; look += 1) await sampler.sample()
    expect(watch.peaks()).toMatchObject([{ memoryBytesMax: 5 }])
    const told = {
      code: 'CHAOS_RESOURCES_UNMEASURED',
      kind: 'harness',
      message: expect.stringMatching(/odd$/),
    }
    await expect(sampler[Symbol.asyncDispose]()).rejects.toMatchObject(told)
  })
})
