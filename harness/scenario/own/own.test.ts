// What a project adds by files of its own. A process of its own loads them: vitest would load them otherwise.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const order = { type: 'Order', taskQueue: 'orders', deadlineMs: 90_000 }

function scenario(name: string, fields = ''): string {
  return `import { defineScenario } from 'temporal-chaos'
    export default defineScenario({ name: '${name}', promise: 'It holds.', ${fields} async run() {} })\n`
}

const check = (name: string) =>
  `export default { name: '${name}', promise: 'So it is.', judge: () => ({ status: 'kept', findings: [] }) }\n`

const outputSchema = z.union([
  z.array(z.record(z.string(), z.unknown())),
  z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
])

const good = {
  config: {
    scenarios: ['chaos/*.{ts,js}', 'chaos/late.ts'],
    checks: ['no-task-timeouts', './chaos/checks/*.ts'],
    observations: ['chaos/tables.mjs'],
  },
  files: {
    'chaos/late.ts': scenario('late'),
    'chaos/early.js': scenario('early', "budgetMs: 100, suites: [], checks: ['no-task-timeouts'],"),
    'chaos/late.test.ts': 'throw new Error()\n',
    'chaos/notes.md': '',
    'chaos/checks/paid-once.ts': check('paid-once'),
    'chaos/tables.mjs': "export default { kind: 'tables', available: () => null, async observe() {} }\n",
  },
}

const wrong = [
  [
    'a pattern that matches nothing',
    { scenarios: ['chaos/*.ts'] },
    {},
    'CHAOS_SCENARIO_MISSING',
    /^"scenarios" of \/chaos\.config\.json names "chaos\/\*\.ts", and no such file is in /,
  ],
  [
    'a scenario that is named as a workload is',
    { scenarios: ['order.ts'] },
    { 'order.ts': scenario('order') },
    'CHAOS_SCENARIO_DUPLICATE',
    /^the scenario order in \/order\.ts is named as the workload order in \/chaos\.config\.json$/,
  ],
  [
    'two scenarios with one name',
    { scenarios: ['*/late.ts'] },
    { 'a/late.ts': scenario('late'), 'b/late.ts': scenario('late') },
    'CHAOS_SCENARIO_DUPLICATE',
    /^the scenario late is defined in \/a\/late\.ts and in \/b\/late\.ts$/,
  ],
  [
    'a scenario with workers of its own',
    { scenarios: ['late.ts'] },
    { 'late.ts': scenario('late', 'workers: { hands: {} },') },
    'CHAOS_SCENARIO_WORKERS',
    /^the scenario late in \/late\.ts declares "workers"$/,
  ],
  [
    'a scenario with a wrong field',
    { scenarios: ['late.ts'] },
    { 'late.ts': scenario('late', 'budgetMs: 0,') },
    'CHAOS_SCENARIO_UNREADABLE',
    /^\/late\.ts cannot be loaded: scenario "late": [^]*budgetMs/,
  ],
  [
    'a file without a check',
    { checks: ['./once.ts'] },
    { 'once.ts': 'export const once = 1\n' },
    'CHAOS_CHECK_UNREADABLE',
    /^\/once\.ts does not export a check as its default$/,
  ],
  [
    'an optional check that is not there',
    { checks: ['no-task-timeout'] },
    {},
    'CHAOS_UNKNOWN_CHECK',
    /^there is no optional check "no-task-timeout"$/,
  ],
  [
    'a check with the name of a default one',
    { checks: ['./once.ts'] },
    { 'once.ts': check('effects') },
    'CHAOS_CHECK_DUPLICATE',
    /^the check effects of \/once\.ts has the name of one of the harness$/,
  ],
] as const

const root = await mkdtemp(path.join(tmpdir(), 'chaos-own-'))
let found: readonly z.infer<typeof outputSchema>[]
beforeAll(async () => {
  found = await loadAll([good, ...wrong.map(([, config, files]) => ({ config, files }))])
}, 60_000)
afterAll(() => rm(root, { recursive: true }))

interface Case {
  readonly config: object
  readonly files: Readonly<Record<string, string>>
}

/** What is loaded of a project for each case, or the error. */
async function loadAll(cases: readonly Case[]) {
  const projects: object[] = []
  for (const [index, { config, files }] of cases.entries()) {
    const folder = path.join(root, String(index))
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
      await writeFile(path.join(folder, name), text)
    }
    const content = { worker: { command: ['w'] }, workloads: { order }, budgetMs: 7_000, ...config }
    projects.push({ file: path.join(folder, 'chaos.config.json'), content })
  }
  const from = (name: string) => JSON.stringify(new URL(name, import.meta.url))
  const script = `
    import { projectOf } from ${from('../../config/project/project.ts')}
    import { loadOwnScenarios, ownScenario } from ${from('own-scenarios.ts')}
    import { loadJudging } from ${from('judging.ts')}
    async function load({ file, content }) {
      const project = projectOf(file, content, 'v')
      const judging = await loadJudging(project)
      const own = (await loadOwnScenarios(project)).map(({ scenario }) => ownScenario(project, scenario, [], judging))
      return own.map(({ checks, observations, ...one }) => ({
        ...one,
        checks: checks.map(({ name }) => name),
        observations: observations.map(({ kind }) => kind),
      }))
    }
    const told = []
    for (const one of ${JSON.stringify(projects)})
      told.push(await load(one).catch(({ code, message, hint }) => ({ code, message, hint })))
    console.log(JSON.stringify(told))`
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', script])
  return z.array(outputSchema).parse(JSON.parse(stdout.replaceAll(new RegExp(`${root}/\\d+`, 'g'), '')))
}

test('scenarios run on the workers of the project, with its budget and deadline, and with its checks', () => {
  const polled = [{ name: 'orders', polls: [] }]
  const workers = { worker: { taskQueues: [], polls: 'both', ownQueues: polled } }
  const checks = ['no-task-timeouts', 'paid-once']
  const common = { probes: false, deadlineMs: 90_000, workers, checks, observations: ['tables'] }
  expect(found[0]).toMatchObject([
    { name: 'early', budgetMs: 100, suites: [], ...common },
    { name: 'late', budgetMs: 7_000, suites: ['smoke', 'full'], ...common },
  ])
})

test.each(wrong.map(([what, , , code, message], index) => ({ what, code, message, index })))(
  '$what is refused',
  ({ code, message, index }) => {
    expect(found[index + 1]).toMatchObject({ code, message: expect.stringMatching(message) })
  },
)
