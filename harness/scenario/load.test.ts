import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { loadScenarios, selectScenarios } from './load.ts'
import { defineScenario, type ScenarioDefinition } from './scenario.ts'

const run = async () => {}
const kill = defineScenario({
  name: 'kill-worker-mid-sleep',
  promise: 'It wakes.',
  suites: ['smoke', 'gate', 'full'],
  run,
})
const restart = defineScenario({
  name: 'restart-server',
  promise: 'It goes on.',
  isolation: 'own-cluster',
  run,
})
const long = defineScenario({ name: 'long-history', promise: 'It replays.', suites: [], run })
const all = [kill, restart, long]

describe('selectScenarios', () => {
  test.each([
    ['smoke', [kill, restart]],
    ['gate', [kill]],
    ['full', [kill, restart]],
    ['soak', [kill, restart]],
  ] as const)('takes those of the suite %s if none is named', (suite, selected) => {
    expect(selectScenarios(all, [], suite, 'process')).toEqual(selected)
  })

  test('takes those that are named, of whatever suite, each once in the order of the list', () => {
    const names = ['long-history', 'restart-server', 'kill-worker-mid-sleep', 'restart-server']
    expect(selectScenarios(all, names, 'gate', 'process')).toEqual([kill, restart, long])
    expect(selectScenarios(all, ['long-history'], 'smoke', 'process')).toEqual([long])
  })

  test('offers the nearest name for one that is not there', () => {
    expect(() => selectScenarios(all, ['kill-worker-mid-slep'], 'gate', 'process')).toThrow(
      expect.objectContaining({
        code: 'CHAOS_UNKNOWN_SCENARIO',
        hint: 'Did you mean kill-worker-mid-sleep?',
      }),
    )
    expect(() => selectScenarios(all, ['xyz'], 'gate', 'process')).toThrow(
      expect.objectContaining({ hint: 'See `pnpm chaos list`.' }),
    )
  })
})

describe('a scenario that needs more than the backend can do', () => {
  const cut = defineScenario({ name: 'cut', promise: 'x', suites: ['full'], needs: ['disconnect'], run })

  test('stays in its suite, for the plan to say that it is skipped', () => {
    expect(selectScenarios([cut], [], 'full', 'process')).toEqual([cut])
  })

  test('is refused where it is named, with the reason and the backend that can', () => {
    expect(() => selectScenarios([cut], ['cut'], 'full', 'process')).toThrow(
      expect.objectContaining({
        code: 'CHAOS_SCENARIO_UNAVAILABLE',
        kind: 'usage',
        message: expect.stringMatching(/^cut cannot run on backend process: local processes have no network/),
        hint: 'Add --backend docker.',
      }),
    )
  })

  test('is taken by its name where the backend can', () => {
    expect(selectScenarios([cut], ['cut'], 'full', 'docker')).toEqual([cut])
  })
})

describe('defineScenario', () => {
  test('fills in what a scenario leaves open', () => {
    expect(kill).toMatchObject({ isolation: 'shared', needs: [], budgetMs: 5_000, deadlineMs: 60_000 })
    expect(restart).toMatchObject({ suites: ['smoke', 'full'] })
  })

  test.each([
    [{ name: 'Kill Worker', promise: 'x', run }, 'kebab-case'],
    [{ name: 'kill', promise: '', run }, 'a sentence'],
    [{ name: 'kill', promise: 'x', budgetMs: -1, run }, 'budgetMs'],
    [{ name: 'kill', promise: 'x', suites: ['full', 'full'], run }, 'each suite once'],
    [{ name: 'cut', promise: 'x', needs: ['disconnect', 'disconnect'], run }, 'each need once'],
    [{ name: 'fly', promise: 'x', needs: ['wings'], run }, 'needs'],
  ] as unknown as [ScenarioDefinition, string][])('refuses %j', (definition, message) => {
    expect(() => defineScenario(definition)).toThrow(message)
  })
})

describe('loadScenarios', () => {
  const scenario = (name: string, promise = "'x'") =>
    `export default { name: '${name}', promise: ${promise}, suites: [], said: [], run() {} }\n`

  test('takes syntax that Node alone does not, enums for one', async () => {
    await using folder = await scenarioFolder({
      'own.ts': `enum Due { Later = 'later' }\n${scenario('own', 'Due.Later')}`,
    })
    expect(await folder.load()).toBe('own: later')
  })

  test.for([
    [
      'throws on import',
      { 'broken.ts': "throw new Error('no such table')\n", 'own.ts': scenario('own') },
      /^\S+\/broken\.ts cannot be loaded: no such table \[CHAOS_SCENARIO_UNREADABLE\] Correct the file, /,
    ],
    [
      'imports what is not there',
      { 'broken.ts': "import './gone.ts'\n" },
      /^\S+\/broken\.ts cannot be loaded: .*gone\.ts.* \[CHAOS_SCENARIO_UNREADABLE\] /,
    ],
    [
      'is not TypeScript',
      { 'broken.ts': 'export default {\n' },
      /^\S+\/broken\.ts cannot be loaded: .+ \[CHAOS_SCENARIO_UNREADABLE\] /,
    ],
    [
      'has the scenario of another file',
      { 'own.ts': scenario('own'), 'copy.ts': scenario('own') },
      /^the scenario own is defined in \S+\/copy\.ts and in \S+\/own\.ts \[CHAOS_SCENARIO_DUPLICATE\] Give each /,
    ],
    [
      'is not named as its scenario is',
      { 'other.ts': scenario('own') },
      /^\S+\/other\.ts holds the scenario own \[CHAOS_USAGE\] Name the file own\.ts\.$/,
    ],
    [
      'exports something else',
      { 'own.ts': 'export default 3\n' },
      /^\S+\/own\.ts has no scenario as its default export \[CHAOS_USAGE\] /,
    ],
  ] as const)('refuses a file that %s, and names it', async ([, files, expected]) => {
    await using folder = await scenarioFolder(files)
    expect(await folder.load()).toMatch(expected)
  })

  test('refuses a folder that is not there', async () => {
    const folder = path.join(tmpdir(), 'chaos-no-such-folder')
    await expect(loadScenarios(folder)).rejects.toMatchObject({
      code: 'CHAOS_SCENARIO_UNREADABLE',
      kind: 'usage',
      message: expect.stringContaining(folder),
    })
  })
})

/** Runs in its own process, because vitest would load the files here. */
async function scenarioFolder(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-scenarios-'))
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  const script = `import { loadScenarios } from ${JSON.stringify(new URL('load.ts', import.meta.url))}
    try {
      for (const { scenario } of await loadScenarios(${JSON.stringify(folder)}))
        console.log(scenario.name + ': ' + scenario.promise)
    } catch ({ message, code, hint }) {
      console.log(message.replaceAll('\\n', ' ') + ' [' + code + '] ' + hint)
    }`
  return {
    load: async () => (await execa(process.execPath, ['--input-type=module', '--eval', script])).stdout,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
