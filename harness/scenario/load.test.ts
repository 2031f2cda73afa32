import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { selectScenarios } from './load.ts'
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
  ] as const)('takes those of the suite %s where none is named', (suite, selected) => {
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
  test('takes syntax that Node alone does not, enums for one', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chaos-scenarios-'))
    try {
      const run =
        "enum Due { Later = 'later' }\nexport default { name: 'own', promise: Due.Later, suites: [], run() {} }\n"
      await writeFile(path.join(folder, 'own.ts'), run)
      await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
      // In a process of its own: here vitest would load the file.
      const load = `import { loadScenarios } from ${JSON.stringify(new URL('load.ts', import.meta.url))}
        for (const { scenario } of await loadScenarios(${JSON.stringify(folder)})) console.log(scenario.promise)`
      const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', load])
      expect(stdout).toBe('later')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
