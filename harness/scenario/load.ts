// Finds the scenarios of a folder: the default export of each file.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ChaosError, messageOf, UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { BackendName } from '../config/backends.ts'
import { suites, type SuiteName } from '../config/suites.ts'
import { checkAvailable } from './availability.ts'
import type { Scenario } from './scenario.ts'

export interface LoadedScenario {
  readonly scenario: Scenario
  readonly file: string
}

/**
 * Every scenario of a folder, in the order of the files' names.
 * @throws UsageError `CHAOS_SCENARIO_UNREADABLE` if the folder or a file cannot be loaded,
 *   `CHAOS_SCENARIO_DUPLICATE` if two
 * files export one scenario, `CHAOS_USAGE` if a file exports no scenario or one with another name than the
 * file
 */
export async function loadScenarios(folder: string): Promise<LoadedScenario[]> {
  const names = await namesIn(folder)
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).toSorted()
  const loaded = await Promise.all(files.map((name) => loadScenario(path.join(folder, name))))
  assertUnique(loaded)
  for (const { scenario, file } of loaded) {
    if (`${scenario.name}.ts` === path.basename(file)) continue
    throw new UsageError(`${file} holds the scenario ${scenario.name}`, `Name the file ${scenario.name}.ts.`)
  }
  return loaded
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (thrown) {
    throw unreadable(`the scenarios of ${folder}`, thrown, 'Name a folder that holds scenario files.')
  }
}

async function loadScenario(file: string): Promise<LoadedScenario> {
  const loaded = await importScenario(file)
  const scenario =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  if (!isScenario(scenario)) {
    throw new UsageError(
      `${file} has no scenario as its default export`,
      'Export what `defineScenario` returns.',
    )
  }
  return { scenario: { ...scenario, version: scenario.version ?? (await versionOf(file)) }, file }
}

/** Every edit makes a new version: nobody can tell whether it changed what the choices mean. */
async function versionOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 16)
}

async function importScenario(file: string): Promise<unknown> {
  try {
    return await importModule(pathToFileURL(file).href)
  } catch (thrown) {
    // Errors of `defineScenario` already say what is wrong in the file.
    const hint = thrown instanceof ChaosError ? thrown.hint : undefined
    throw unreadable(file, thrown, hint ?? 'Correct the file, or move it out of the folder of scenarios.')
  }
}

function unreadable(what: string, thrown: unknown, hint: string): UsageError {
  return new UsageError(`${what} cannot be loaded: ${messageOf(thrown)}`, hint, 'CHAOS_SCENARIO_UNREADABLE')
}

function assertUnique(loaded: readonly LoadedScenario[]): void {
  const byName = Map.groupBy(loaded, ({ scenario }) => scenario.name)
  for (const [name, same] of byName) {
    if (same.length === 1) continue
    throw new UsageError(
      `the scenario ${name} is defined in ${same.map(({ file }) => file).join(' and in ')}`,
      'Give each scenario a name of its own, and its file the same name.',
      'CHAOS_SCENARIO_DUPLICATE',
    )
  }
}

/**
 * Errors of Node's type stripping for syntax that tsx understands: enums, decorators, imports without an
 * ending.
 */
const beyondNode = new Set([
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_MODULE_NOT_FOUND',
])

/** Node alone takes half the time; tsx loads the files that Node cannot. */
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
 * The scenarios with these names, each once, in the order of the list; those of the suite if none is named.
 * @param backend the backend on which every named scenario must be able to run
 * @throws UsageError `CHAOS_UNKNOWN_SCENARIO` with the nearest name, `CHAOS_SCENARIO_UNAVAILABLE`
 */
export function selectScenarios(
  all: readonly Scenario[],
  names: readonly string[],
  suite: SuiteName,
  backend: BackendName,
): Scenario[] {
  const { members } = suites[suite]
  if (names.length === 0) return all.filter(({ suites: own }) => own.includes(members))
  const wanted = new Set(names.map((name) => scenarioNamed(all, name)))
  const named = all.filter((scenario) => wanted.has(scenario))
  checkAvailable(named, backend)
  return named
}

/** @throws UsageError `CHAOS_UNKNOWN_SCENARIO` with the nearest name */
export function scenarioNamed(all: readonly Scenario[], name: string): Scenario {
  const found = all.find((scenario) => scenario.name === name)
  if (found !== undefined) return found
  const known = all.map((scenario) => scenario.name)
  throw new UsageError(
    `there is no scenario ${JSON.stringify(name)}`,
    didYouMean(name, known) ?? 'See `pnpm chaos list`.',
    'CHAOS_UNKNOWN_SCENARIO',
  )
}
