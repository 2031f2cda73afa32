// Finds the scenarios of a folder: the default export of each file.
import path from 'node:path'
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'
import { loadDefault, moduleName, sourceFiles } from '../core/load-default.ts'
import { moduleVersion } from '../core/module-version.ts'
import { didYouMean } from '../core/nearest.ts'
import type { BackendName } from '../config/backends.ts'
import type { Project } from '../config/project/project.ts'
import { suites, type SuiteName } from '../config/suites.ts'
import { checkAvailable } from './availability.ts'
import type { Scenario } from './scenario.ts'

export interface LoadedScenario {
  readonly scenario: Scenario
  readonly file: string
  /** The user's project that it is of. @default none: it is of the demonstration */
  readonly project?: Project
}

/**
 * Every scenario of a folder, in the order of the files' names.
 * @throws UsageError `CHAOS_SCENARIO_UNREADABLE` if the folder or a file cannot be loaded,
 *   `CHAOS_SCENARIO_DUPLICATE` if two
 * files export one scenario, `CHAOS_USAGE` if a file exports no scenario or one with another name than the
 * file
 */
export async function loadScenarios(folder: string): Promise<LoadedScenario[]> {
  return loadScenarioFiles(await sourceFiles(folder, 'the scenarios', unreadableCode))
}

/** The scenarios of these files. @throws as `loadScenarios` does */
export async function loadScenarioFiles(files: readonly string[]): Promise<LoadedScenario[]> {
  const loaded = await Promise.all(files.map(loadScenario))
  assertUnique(loaded)
  for (const { scenario, file } of loaded) {
    if (scenario.name === moduleName(file)) continue
    throw new UsageError(
      `${file} holds the scenario ${scenario.name}`,
      `Name the file ${scenario.name}${path.extname(file)}.`,
    )
  }
  return loaded
}

const unreadableCode = 'CHAOS_SCENARIO_UNREADABLE'

async function loadScenario(file: string): Promise<LoadedScenario> {
  const scenario = await loadDefault(file, unreadableCode)
  if (!isScenario(scenario)) {
    throw new UsageError(
      `${file} has no scenario as its default export`,
      'Export what `defineScenario` returns.',
    )
  }
  // Every edit makes a new version: nobody can tell whether it changed what the choices mean.
  return { scenario: { ...scenario, version: scenario.version ?? (await moduleVersion(file)) }, file }
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

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null) return false
  return ['name', 'promise', 'suites', 'said', 'run'].every((field) => field in value)
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
export function loadedNamed(all: readonly LoadedScenario[], name: string): LoadedScenario {
  const found = all.find(({ scenario }) => scenario.name === name)
  if (found !== undefined) return found
  const known = all.map(({ scenario }) => scenario.name)
  throw new UsageError(
    `there is no scenario ${JSON.stringify(name)}`,
    didYouMean(name, known) ?? `See \`${commandName} list\`.`,
    'CHAOS_UNKNOWN_SCENARIO',
  )
}

/** @throws as `loadedNamed` does */
export function scenarioNamed(all: readonly Scenario[], name: string): Scenario {
  return loadedNamed(
    all.map((scenario) => ({ scenario, file: '' })),
    name,
  ).scenario
}
