import { describe, expect, test } from 'vitest'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign, type PlannedRun } from './plan.ts'
import { slotCount, runSchedule, sharedFirst, ownClusterRuns, type Schedule } from './schedule.ts'

const run = async () => {}
const shared = defineScenario({ name: 'shared', promise: 'x', run })
const alone = defineScenario({ name: 'alone', promise: 'x', isolation: 'own-cluster', run })
const plan = planCampaign([alone, shared], { runs: 5, run: undefined, budget: undefined }, 1, 'process')
const runs = sharedFirst(plan.runs)

const nameOf = ({ scenario, run }: PlannedRun) => `${scenario.name} ${run}`
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate)
}

/** Slots are numbers from 1. Executes runs that each last a few turns of the event loop, and notes who ran beside whom. */
function watched(options: Partial<Schedule<number>> = {}, stopAfter = Infinity) {
  const running = new Map<PlannedRun, number>()
  const begun: { readonly name: string; readonly slot: number; readonly beside: readonly string[] }[] = []
  let opened = 1
  let together = 0
  const schedule: Schedule<number> = {
    concurrency: 3,
    first: 1,
    slots: 1,
    async open() {
      await turns(2)
      return (opened += 1)
    },
    goesOn: () => begun.length < stopAfter,
    async execute(planned, slot) {
      const beside = [...running].filter(([, its]) => its === slot).map(([its]) => nameOf(its))
      begun.push({ name: nameOf(planned), slot, beside })
      running.set(planned, slot)
      together = Math.max(together, running.size)
      // A run that gets its cluster to itself has it until it ends.
      const owners = [...running]
        .filter(([its]) => its.scenario.isolation === 'own-cluster')
        .map(([, its]) => its)
      for (const its of owners) expect([...running.values()].filter((one) => one === its)).toEqual([its])
      await turns(5)
      running.delete(planned)
    },
    ...options,
  }
  return { schedule, begun, opened: () => opened, together: () => together }
}

describe('runSchedule', () => {
  test('on one cluster: runs that leave it alone side by side, then each of the others by itself', async () => {
    const watch = watched()
    await runSchedule(runs, watch.schedule)
    expect(watch.begun.map(({ name }) => name)).toEqual(runs.map(nameOf))
    expect(watch.together()).toBe(3)
    expect(watch.opened()).toBe(1)
    expect(watch.begun.slice(5).every(({ beside }) => beside.length === 0)).toBe(true)
  })

  test('on more: runs that need their own go side by side, and never more at a time than asked for', async () => {
    const watch = watched({ slots: 2, concurrency: 4 })
    await runSchedule(runs, watch.schedule)
    expect(watch.begun).toHaveLength(10)
    expect(watch.opened()).toBe(2)
    expect(new Set(watch.begun.slice(5).map(({ slot }) => slot))).toEqual(new Set([1, 2]))
    expect(watch.begun.slice(0, 5).every(({ slot }) => slot === 1)).toBe(true)
    expect(watch.together()).toBe(4)
  })

  test('opens another cluster only for a run that waits for it', async () => {
    const none = watched({ slots: 4 })
    await runSchedule(runs.slice(0, 5), none.schedule)
    expect(none.opened()).toBe(1)
    const single = watched({ slots: 4, concurrency: 1 })
    await runSchedule(runs, single.schedule)
    expect(single.opened()).toBe(1)
    expect(single.together()).toBe(1)
  })

  test('takes runs as they are drawn, mixed and without an end, until it is not to go on', async () => {
    function* draw() {
      for (let run = 1; ; run += 1) {
        const scenario = run % 3 === 0 ? alone : shared
        yield { scenario, run, seed: 1, budgetMs: 1 }
      }
    }
    const watch = watched({ slots: 2 }, 12)
    await runSchedule(draw(), watch.schedule)
    expect(watch.begun.map(({ name }) => name.split(' ')[1])).toEqual(
      Array.from({ length: 12 }, (_, index) => String(index + 1)),
    )
    expect(watch.together()).toBe(3)
  })

  test('a failure is thrown after the runs under way have ended', async () => {
    const ended: number[] = []
    const execute = async ({ run }: PlannedRun) => {
      if (run === 1) throw new Error('broken')
      await turns(1)
      ended.push(run)
    }
    await expect(runSchedule(runs, watched({ execute }).schedule)).rejects.toThrow('broken')
    expect(ended.length).toBeGreaterThan(0)
    expect(ended.length).toBeLessThan(5)
  })

  test('a cluster that does not start ends it, after the runs under way have ended', async () => {
    const open = async () => {
      throw new Error('no memory')
    }
    const watch = watched({ slots: 2, open })
    await expect(runSchedule(runs, watch.schedule)).rejects.toThrow('no memory')
    expect(watch.begun.map(({ name }) => name)).toEqual(runs.slice(0, watch.begun.length).map(nameOf))
    expect(watch.begun.length).toBeLessThan(10)
  })

  test('ends only when a cluster that is being started has started', async () => {
    let opened = false
    const open = async () => {
      await turns(50)
      opened = true
      return 2
    }
    const watch = watched({ slots: 2, open }, 6)
    await runSchedule(runs, watch.schedule)
    expect(opened).toBe(true)
  })
})

describe('slotCount', () => {
  const roomy = { ownCluster: 10, concurrency: 8, cores: 16, freeBytes: 64 * 1024 ** 3 }
  test.each([
    ['no more than runs that need their own', { ownCluster: 3 }, 3],
    ['no more than runs at a time', {}, 8],
    ['one for every core', { cores: 2 }, 2],
    ['one on a machine of one', { cores: 1 }, 1],
    ['as far as memory allows', { freeBytes: 2 * 1024 ** 3 }, 3],
    ['always the first one', { ownCluster: 0, freeBytes: 0 }, 1],
  ])('%s', (_, bounds, count) => {
    expect(slotCount({ ...roomy, ...bounds })).toBe(count)
  })
})

test('a soak may need any number of own clusters, if one of its scenarios needs one', () => {
  const soakOf = (...scenarios: (typeof alone)[]) => ({
    runs: [],
    soak: { scenarios, forMs: 1, draw: () => [] },
  })
  expect([
    ownClusterRuns(plan),
    ownClusterRuns(soakOf(shared)),
    ownClusterRuns(soakOf(shared, alone)),
  ]).toEqual([5, 0, Infinity])
})
