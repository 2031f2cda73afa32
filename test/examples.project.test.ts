// Each example as its README tells it, with the packed package: checked, red for the right reason, patched, green.
import { cp, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timingSchema, type RunResult } from '../harness/result/campaign-result.ts'
import { installInto, must, openFolder, packPackage } from './support/packed-project.ts'
import { whyNoToolchain } from './support/toolchains.ts'

const examples = path.resolve(import.meta.dirname, '../examples')
/** What running an example leaves in its folder. */
const leftovers = new Set(['node_modules', 'lib', 'bin', 'target', '.venv', '__pycache__', 'reports'])

interface Example {
  readonly language: string
  readonly sdk: string
  /** Programs without which it cannot be built. */
  readonly needs: readonly string[]
  /** What its README says before the first run. */
  readonly install: readonly (readonly string[])[]
  readonly scenario: string
  /** What is red, in the words of its SDK. */
  readonly setting: string
}

const all: readonly Example[] = [
  {
    language: 'python',
    sdk: 'temporal-python',
    needs: ['python3'],
    install: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/pip', 'install', '-r', 'requirements.txt'],
    ],
    scenario: 'approved/kill-worker@activity-1',
    setting: 'execute_activity(start_to_close_timeout=…)',
  },
  {
    language: 'go',
    sdk: 'temporal-go',
    needs: ['go'],
    install: [],
    scenario: 'approved/kill-worker@activity-1',
    setting: 'workflow.ActivityOptions.StartToCloseTimeout',
  },
  {
    language: 'java',
    sdk: 'temporal-java',
    needs: ['java', 'mvn'],
    install: [],
    scenario: 'approved/kill-worker@activity-1',
    setting: 'ActivityOptions.setStartToCloseTimeout',
  },
  {
    language: 'typescript',
    sdk: 'temporal-typescript',
    needs: ['npm'],
    install: [['npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']],
    scenario: 'approved/kill-worker@message-1',
    setting: 'stickyQueueScheduleToStartTimeout',
  },
]

let packed: Awaited<ReturnType<typeof packPackage>>
beforeAll(async () => {
  packed = await packPackage()
  await installInto(packed.root, packed.tarball)
}, 240_000)
afterAll(() => packed[Symbol.asyncDispose]())

test.for(all)(
  '$language: red by $setting, and green with its patch',
  { timeout: 300_000 },
  async ({ language, sdk, needs, install, scenario, setting }, { skip }) => {
    const why = await whyNoToolchain(needs)
    skip(why !== null, why ?? '')
    const folder = path.join(packed.root, language)
    await mkdir(folder)
    const filter = (file: string) => !leftovers.has(path.basename(file))
    await cp(path.join(examples, language), folder, { recursive: true, filter })
    const { run } = openFolder(folder)
    for (const [file = '', ...args] of install) await must(run(file, ...args))
    const chaos = (...args: readonly string[]) =>
      run(path.join(packed.root, 'node_modules/.bin/temporal-chaos'), ...args)

    expect(await must(chaos('check'))).toContain('polls orders (workflow and activity)')

    const red = await chaos('run', scenario)
    const lost = await onlyRun(folder)
    expect(red.all).toContain(`worker SDK ${sdk} `)
    expect(lost.reason).toContain(`, over the budget of 5.00 s: `)
    expect(lost.reason).toContain(`(${setting}) took `)
    expect(red.exitCode).toBe(isStarved(lost) ? 3 : 1)
    expect(statusOf('replay', lost)).toBe('kept')

    await must(run('patch', '-p1', '-i', 'green.patch'))
    const green = await chaos('run', scenario)
    const won = await onlyRun(folder)
    expect(isStarved(won) ? null : won.reason).toBeNull()
    expect(green.exitCode).toBe(isStarved(won) ? 3 : 0)
    expect(statusOf('replay', won)).toBe('kept')
  },
)

async function onlyRun(folder: string): Promise<RunResult> {
  const text = await readFile(path.join(folder, 'reports/latest/timing.json'), 'utf8')
  const { scenarios } = timingSchema.parse(JSON.parse(text))
  const [only, ...others] = scenarios.flatMap(({ runs }) => runs)
  if (only === undefined || others.length > 0) throw new Error(`not one run: ${text}`)
  return only
}

const statusOf = (check: string, { checks }: RunResult) =>
  checks.find((result) => result.check === check)?.status

/** A machine that has no time for the run makes it inconclusive, with the figures. */
function isStarved({ verdict, reason }: RunResult): boolean {
  return verdict === 'inconclusive' && /the machine was starved \(/.test(reason ?? '')
}
