// Finds the scenarios: every file of a folder whose default export is one.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { BackendName } from '../config/backends.ts'
import { suites, type SuiteName } from '../config/suites.ts'
import { checkAvailable } from './availability.ts'
import type { Scenario } from './scenario.ts'

export interface LoadedScenario {
  readonly scenario: Scenario
  readonly file: string
}

/** @throws UsageError where a file does not export a scenario by default, or not under its own name */
export async function loadScenarios(folder: string): Promise<LoadedScenario[]> {
  const names = await readdir(folder)
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).toSorted()
  return Promise.all(files.map((name) => loadScenario(path.join(folder, name))))
}

async function loadScenario(file: string): Promise<LoadedScenario> {
  const loaded = await importModule(pathToFileURL(file).href)
  const scenario =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  if (!isScenario(scenario)) {
    throw new UsageError(
      `${file} has no scenario as its default export`,
      'Export what `defineScenario` returns.',
    )
  }
  if (`${scenario.name}.ts` !== path.basename(file)) {
    throw new UsageError(
      `${file} holds the scenario ${scenario.name}`,
      'Name the file as the scenario is named.',
    )
  }
  return { scenario, file }
}

/** What tsx understands and Node's own type stripping does not: enums, decorators, imports without an ending. */
const beyondNode = new Set([
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_MODULE_NOT_FOUND',
])

/** By Node alone, which takes half the time; by tsx where the file needs it. */
async function importModule(href: string): Promise<unknown> {
  try {
    return await import(href)
  } catch (thrown) {
    if (!beyondNode.has((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown
    const { register } = await import('tsx/esm/api')
    register()
    return await import(href)
  }
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null) return false
  return ['name', 'promise', 'suites', 'run'].every((field) => field in value)
}

/**
 * The scenarios of these names, each once, in the order of the list; those of the suite where none is named.
 * @param backend that scenarios which are named have to be able to run on
 * @throws UsageError `CHAOS_UNKNOWN_SCENARIO` with the nearest name, `CHAOS_SCENARIO_UNAVAILABLE`
 */
export function selectScenarios(
  all: readonly Scenario[],
  names: readonly string[],
  suite: SuiteName,
  backend: BackendName,
): Scenario[] {
  const known = all.map(({ name }) => name)
  for (const name of names) {
    if (known.includes(name)) continue
    throw new UsageError(
      `there is no scenario ${JSON.stringify(name)}`,
      didYouMean(name, known) ?? 'See `pnpm chaos list`.',
      'CHAOS_UNKNOWN_SCENARIO',
    )
  }
  const { members } = suites[suite]
  if (names.length === 0) return all.filter(({ suites: own }) => own.includes(members))
  const named = all.filter(({ name }) => names.includes(name))
  checkAvailable(named, backend)
  return named
}
