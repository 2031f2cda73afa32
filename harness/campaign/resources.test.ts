import { describe, expect, test } from 'vitest'
import { ResourceSampler, type Measure } from './resources.ts'

const server = { name: 'server', pid: 1 }

/** Gives the figures of a process one after the other, then that it has ended. */
function measured(...figures: (number | Error)[]): Measure {
  return async () => {
    const figure = figures.shift()
    if (figure instanceof Error) throw figure
    return figure === undefined ? undefined : { cpuPercent: figure, memoryBytes: figure * 100 }
  }
}

describe('ResourceSampler', () => {
  test('keeps the highest figures of each name', async () => {
    await using sampler = new ResourceSampler(measured(3, 7, 5))
    using watch = sampler.watch(() => [server])
    await sampler.sample()
    await sampler.sample()
    await sampler.sample()
    expect(watch.peaks()).toEqual([{ process: 'server', cpuPercentMax: 7, memoryBytesMax: 700 }])
  })

  test('measures a process once a round, for everyone who watches it, and for nobody afterwards', async () => {
    await using sampler = new ResourceSampler(measured(3, 4))
    using first = sampler.watch(() => [server])
    using second = sampler.watch(() => [server])
    await sampler.sample()
    second[Symbol.dispose]()
    await sampler.sample()
    expect(first.peaks()).toMatchObject([{ cpuPercentMax: 4 }])
    expect(second.peaks()).toMatchObject([{ cpuPercentMax: 3 }])
  })

  test('an incarnation that has ended leaves its figures, and the next adds to them', async () => {
    const usage = new Map([[11, { cpuPercent: 9, memoryBytes: 1 }], [12, { cpuPercent: 1, memoryBytes: 9 }]]) // prettier-ignore
    await using sampler = new ResourceSampler(async (pid) => usage.get(pid))
    let pid = 11
    using watch = sampler.watch(() => [{ name: 'worker', pid }])
    await sampler.sample()
    pid = 12
    await sampler.sample()
    pid = 13
    await sampler.sample()
    expect(watch.peaks()).toEqual([{ process: 'worker', cpuPercentMax: 9, memoryBytesMax: 9 }])
  })

  test('goes on after an odd failure, and tells the first one when it is disposed', async () => {
    const sampler = new ResourceSampler(measured(new Error('odd'), 5, new Error('odder')))
    const watch = sampler.watch(() => [server])
    for (let round = 0; round < 3; round += 1) await sampler.sample()
    expect(watch.peaks()).toMatchObject([{ cpuPercentMax: 5 }])
    const told = {
      code: 'CHAOS_RESOURCES_UNMEASURED',
      kind: 'harness',
      message: expect.stringMatching(/odd$/),
    }
    await expect(sampler[Symbol.asyncDispose]()).rejects.toMatchObject(told)
  })
})
