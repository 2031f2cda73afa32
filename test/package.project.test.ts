// The package as a stranger in another language gets it: installed beside a Python and a Go worker, from `init` to `replay`.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { timingSchema } from '../harness/result/campaign-result.ts'
import { installInto, must, openFolder, packPackage } from './support/packed-project.ts'
import { whyNoToolchain } from './support/toolchains.ts'

const examples = path.resolve(import.meta.dirname, '../examples')
const scenario = 'order/kill-worker@message-1'

interface Foreign {
  readonly language: 'python' | 'go'
  /** A program without which it cannot be built. */
  readonly needs: string
  readonly sources: readonly string[]
  readonly install: readonly (readonly string[])[]
  /** What a person fills in. */
  readonly order: string
  readonly approval: string
}

const all: readonly Foreign[] = [
  {
    language: 'python',
    needs: 'python3',
    sources: ['requirements.txt', 'activities.py', 'replay.py', 'shared.py', 'worker.py', 'workflows.py'],
    install: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/pip', 'install', '-q', '-r', 'requirements.txt'],
    ],
    order: '{ id = "{{workflow.id}}", amount_cents = 1, approve_within_seconds = 60 }',
    approval: '{ by = "ana" }',
  },
  {
    language: 'go',
    needs: 'go',
    sources: ['go.mod', 'go.sum', 'orders', 'replay', 'worker'],
    install: [],
    order: '{ ID = "{{workflow.id}}", AmountCents = 1, ApproveWithin = 60000000000 }',
    approval: '{ By = "ana" }',
  },
]

let packed: Awaited<ReturnType<typeof packPackage>>
beforeAll(async () => {
  packed = await packPackage()
}, 240_000)
afterAll(() => packed[Symbol.asyncDispose]())

/** A machine that has no time for the run makes it inconclusive, with the figures. */
const isStarved = (said: string) => /inconclusive: the machine was starved \(/.test(said)

function codeOf(said: string): 0 | 3 {
  if (isStarved(said)) return 3
  expect(said).toContain('1 passed, 0 failed')
  return 0
}

describe.each(all)(
  'beside a worker in $language',
  ({ language, needs, sources, install, order, approval }) => {
    let why: string | null
    let project: ReturnType<typeof openFolder>
    let folder: string
    const temporalChaos = (...args: readonly string[]) => project.run('npx', 'temporal-chaos', ...args)

    beforeAll(async () => {
      why = await whyNoToolchain([needs])
      if (why !== null) return
      folder = path.join(packed.root, language)
      await mkdir(folder)
      for (const name of sources)
        await cp(path.join(examples, language, name), path.join(folder, name), { recursive: true })
      project = openFolder(folder)
      await installInto(folder, packed.tarball)
      for (const [file = '', ...args] of install) await must(project.run(file, ...args))
    }, 240_000)
    beforeEach(({ skip }) => skip(why !== null, why ?? ''))

    test('init asks nothing, and what it leaves open is filled in', async () => {
      const { stdout, exitCode } = await temporalChaos('init', '--language', language, '--yes')
      expect(stdout).toMatch(/- the arguments of the workflow\nThen: npx temporal-chaos check, and npx /)
      expect(exitCode).toBe(0)
      const file = path.join(folder, 'chaos.toml')
      const text = await readFile(file, 'utf8')
      const filled = text
        .replace('args = []\n', `args = [${order}]\n`)
        .replace(
          /^# messages = .*/m,
          `messages = [{ at = "timer 1", signal = "approve", args = [${approval}] }]`,
        )
        .replace('# [replay]\n# command', '[replay]\ncommand')
      await writeFile(file, filled)
      expect(filled.match(/^(?:args|messages|\[replay\]|command)/gm)).toContain('[replay]')
    })

    test('check says what was found and the next command', async () => {
      const said = await must(temporalChaos('check'))
      expect(said).toContain('polls orders (workflow and activity)')
      expect(said).toMatch(/^next: npx temporal-chaos run --quick$/m)
    })

    test('list, plan and doctor start nothing and name the command as one types it here', async () => {
      const list = await must(temporalChaos('list', '--json'))
      const plan = await must(temporalChaos('plan', scenario, '--seed', '1'))
      const doctor = await must(temporalChaos('doctor'))
      expect((JSON.parse(list) as { readonly name: string }[]).map(({ name }) => name)).toContain(scenario)
      expect(plan).toContain(scenario)
      expect(`${list}${plan}${doctor}`).not.toContain('pnpm')
    })

    test('a late run ends with 1 and says how to run it again here; judged again it stays late, repeated with more time it passes', async () => {
      const run = await temporalChaos('run', scenario, '--budget', '1')
      expect(run.all).toMatch(/ +again +npx temporal-chaos replay /)
      expect(run.exitCode).toBe(isStarved(run.all) ? 3 : 1)
      const timing = await readFile(path.join(folder, 'reports/latest/timing.json'), 'utf8')
      const [only] = timingSchema.parse(JSON.parse(timing)).scenarios
      const kept = only?.runs[0]?.checks.filter(({ status }) => status === 'kept').map(({ check }) => check)
      expect(kept).toEqual(expect.arrayContaining(['history-prefix', 'replay', 'result']))
      const judged = await temporalChaos('analyze', 'reports/latest')
      expect(judged.exitCode).toBe(run.exitCode)
      const record = `reports/latest/runs/${scenario}/1`
      const again = await temporalChaos('replay', record, '--budget', '30000')
      expect(again.exitCode).toBe(codeOf(again.all))
      expect(`${run.all}${judged.all}${again.all}`).not.toContain('pnpm')
    }, 240_000)
  },
)
