// What a team adds to its chaos.config, by the command line: a scenario and a check of its own, arguments by a function,
// and profiles that its worker gets as environment.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { analyse } from '../harness/analysis/analyse.ts'
import { readRecord } from '../harness/record/reader.ts'
import { comparisonSchema } from '../harness/result/comparison.ts'
import { chaosWith, latest, latestTiming } from './support/chaos.ts'
import { openPlace, type Place } from './support/place.ts'

const worker = fileURLToPath(new URL('fixtures/external/worker.ts', import.meta.url))

const startedSchema = z.object({
  workflowExecutionStartedEventAttributes: z.object({
    input: z.object({ payloads: z.tuple([z.object({ data: z.string() })]) }),
  }),
})

const owned = new AsyncDisposableStack()
let place: Place
let folder: string
beforeAll(async () => {
  place = owned.use(await openPlace())
  folder = path.join(place.tmp, 'project')
  await writeProject()
})
afterAll(() => owned.disposeAsync())

async function writeProject() {
  const files = {
    'chaos.config.ts': `
      import { numbered } from './chaos/arguments.ts'
      export default {
        worker: { command: ${JSON.stringify([process.execPath, worker])} },
        workloads: { order: { type: 'Order', taskQueue: 'orders', args: numbered } },
        scenarios: ['chaos/{lost-mid-timer,mistyped}.ts'],
        checks: ['./chaos/charged-once.ts'],
        profiles: { sticky: { env: { STICKY_MS: '2000' } } },
        budgetMs: 20_000,
      }`,
    'chaos/arguments.ts':
      'export const numbered = ({ workflowId, seed }: { workflowId: string; seed: number }) => [`${workflowId} ${seed}`]\n',
    'chaos/charged-once.ts': `
      import { checked, type Check } from 'temporal-chaos'
      export default {
        name: 'charged-once',
        promise: 'The order is charged once.',
        judge: ({ histories }) => checked(histories.flatMap(({ workflowId, spans }) => {
          const charges = spans.filter(({ kind }) => kind === 'activity')
          return charges.length === 1 ? [] : [{ kind: 'safety', message: workflowId + ' charged ' + charges.length }]
        })),
      } satisfies Check`,
    'chaos/lost-mid-timer.ts': `
      import { defineScenario, timerStarted } from 'temporal-chaos'
      export default defineScenario<'worker', 'order'>({
        name: 'lost-mid-timer',
        promise: 'An order outlives its worker.',
        async run({ workloads, workers, start, reach, choose }) {
          const afterMs = choose.integer('away', 100, 300)
          const order = await start(workloads.order)
          await reach(timerStarted(order))
          await workers.worker.kill()
          await workers.worker.restart({ afterMs })
          await order.completes()
        },
      })`,
    'chaos/mistyped.ts': `
      import { defineScenario } from 'temporal-chaos'
      export default defineScenario({
        name: 'mistyped',
        promise: 'Never mind.',
        suites: [],
        async run({ workloads, start }) {
          await start(workloads.ordr)
        },
      })`,
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
}

async function chaosIn(...args: readonly string[]) {
  const inFolder = { tmp: place.tmp, reports: path.join(folder, 'reports'), cwd: folder }
  const { exitCode, all } = await chaosWith(inFolder, { CHAOS_BACKEND: undefined }, ...args)
  return { exitCode, all }
}

test('a scenario of its own runs beside the generic ones, under its own checks, and can be replayed and judged again', async () => {
  const reports = path.join(folder, 'reports')
  const listed = await chaosIn('list', '--json')
  expect(listed.all).toContain('"name": "lost-mid-timer"')
  const { exitCode, all } = await chaosIn('run', 'lost-mid-timer', 'order/kill-worker@activity-1')
  expect([exitCode, all]).toEqual([0, expect.stringContaining('2 passed, 0 failed')])
  const { scenarios, campaign } = await latestTiming(reports)
  expect(campaign).toMatchObject({ profile: 'as-is', settings: { project: 'chaos.config.ts' } })
  const judged = scenarios.map(({ name, runs }) => [
    name,
    runs[0]?.checks.find(({ check }) => check === 'charged-once')?.status,
  ])
  expect(judged).toEqual([
    ['lost-mid-timer', 'kept'],
    ['order/kill-worker@activity-1', 'kept'],
  ])
  expect(await latest(reports, 'junit.xml')).toContain('lost-mid-timer')

  // The arguments are a choice of the run: its plan has them, and a replay gives the same ones.
  const run = path.join(reports, 'latest', 'runs', 'lost-mid-timer', '1')
  const inputs = await inputsOf(run)
  expect(inputs).toEqual([expect.stringMatching(/^lost-mid-timer-1-\S+-Order-1 \d+$/)])
  expect((await chaosIn('analyze', 'reports/latest')).all).toContain('2 passed, 0 failed')
  const replayed = await chaosIn('replay', run)
  expect([replayed.exitCode, replayed.all]).toEqual([0, expect.stringContaining('1 passed, 0 failed')])
  expect((await inputsOf(run)).map(seedIn)).toEqual(inputs.map(seedIn))
}, 400_000)

test('an unknown workload in a scenario, and an unknown profile, are errors with the nearest name', async () => {
  const mistyped = await chaosIn('plan', 'mistyped')
  expect([mistyped.exitCode, mistyped.all]).toEqual([
    2,
    expect.stringContaining('there is no workload "ordr" [CHAOS_UNKNOWN_WORKLOAD]\nDid you mean order?'),
  ])
  const profile = await chaosIn('run', 'order', '--profile', 'stick')
  expect([profile.exitCode, profile.all]).toEqual([2, expect.stringContaining('Did you mean sticky?')])
})

test('profiles are compared: the worker gets each as environment, and the reports say what was asked for', async () => {
  const { exitCode, all } = await chaosIn('compare', 'order/kill-worker@timer-1')
  expect(all).toContain('asked: profile sticky, STICKY_MS=2000')
  expect(all).toMatch(/seen: .*sticky timeout 2 s/)
  expect(exitCode).toBe(0)
  const written = await latest(path.join(folder, 'reports'), 'compare.json')
  const { scenarios } = comparisonSchema.parse(JSON.parse(written))
  expect(scenarios.map(({ profiles }) => profiles.map(({ profile, passed }) => [profile, passed]))).toEqual([
    [
      ['as-is', 1],
      ['sticky', 1],
    ],
  ])
}, 400_000)

/** The first argument of each workflow of a run. */
async function inputsOf(run: string): Promise<string[]> {
  const { histories } = analyse(await readRecord(run))
  return histories.map(({ events }) => firstArgument(events[0]))
}

function firstArgument(started: unknown): string {
  const { workflowExecutionStartedEventAttributes: of } = startedSchema.parse(started)
  return z.string().parse(JSON.parse(Buffer.from(of.input.payloads[0].data, 'base64').toString()))
}

function seedIn(argument: string): string | undefined {
  return argument.split(' ')[1]
}
