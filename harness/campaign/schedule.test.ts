import { describe, expect, test } from 'vitest'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign } from './plan.ts'
import { runSchedule } from './schedule.ts'

const story = async () => {}
const shared = defineScenario({ name: 'shared', promise: 'x', story })
const alone = defineScenario({ name: 'alone', promise: 'x', strikes: 'stack', story })
const { runs } = planCampaign([alone, shared], { runs: 5, run: undefined, budget: undefined }, 1)

/** Executes runs that each last a few turns of the event loop, and notes who ran beside whom. */
function watched(stopAfter = Infinity) {
  const running = new Set<string>()
  const beside: string[][] = []
  let executed = 0
  return {
    beside,
    count: () => executed,
    schedule: {
      concurrency: 3,
      goesOn: () => executed < stopAfter,
      async execute({ scenario, run }: (typeof runs)[number]) {
        executed += 1
        running.add(`${scenario.name} ${run}`)
        beside.push([...running])
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
        running.delete(`${scenario.name} ${run}`)
      },
    },
  }
}

describe('runSchedule', () => {
  test('runs that leave the stack alone go side by side, those that strike it by themselves', async () => {
    const watch = watched()
    await runSchedule(runs, watch.schedule)
    expect(watch.count()).toBe(10)
    const sizes = (name: string) => watch.beside.filter((names) => names.some((one) => one.startsWith(name)))
    expect(Math.max(...sizes('shared').map((names) => names.length))).toBe(3)
    expect(sizes('alone').map((names) => names.length)).toEqual([1, 1, 1, 1, 1])
  })

  test('starts no further run once it is not to go on', async () => {
    const watch = watched(4)
    await runSchedule(runs, watch.schedule)
    expect(watch.count()).toBeLessThan(10)
  })

  test('a failure is thrown after the runs under way have ended', async () => {
    const ended: number[] = []
    const execute = async ({ run }: (typeof runs)[number]) => {
      if (run === 1) throw new Error('broken')
      await new Promise(setImmediate)
      ended.push(run)
    }
    await expect(runSchedule(runs, { concurrency: 3, goesOn: () => true, execute })).rejects.toThrow('broken')
    expect(ended.length).toBeGreaterThan(0)
  })
})
