// The tables of README.md and docs/, each made from the code that defines its facts.
import type { Check } from '../harness/checks/check.ts'
import { backendsFor, builtInFaults } from '../harness/faults/catalogue.ts'
import { defaultChecks, optionalChecks } from '../harness/checks/catalogue.ts'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { legitimateDifferences } from '../harness/analysis/golden/differences.ts'
import { loadControls } from '../harness/controls/load.ts'
import { configFields } from '../harness/config/project/json-schema.ts'
import { profiles, type Profile } from '../harness/config/profiles.ts'
import { genericFaults } from '../harness/scenario/generic/faults.ts'
import { settingScopes, shownDefault, type Setting, type SettingScope } from '../harness/config/setting.ts'
import { settings, settingsIn } from '../harness/config/settings.ts'
import { suites } from '../harness/config/suites.ts'
import { formatDuration } from '../harness/core/duration.ts'
import { exitCodes } from '../harness/core/exit-codes.ts'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

function settingRow(setting: Setting): string[] {
  const { flag, env, description, commands } = setting
  return [code(flag), code(env), shownDefault(setting), description, commands.join(', ')]
}

/** A table for each scope, under its heading. */
export function settingsTables(): string {
  const scopes = Object.entries(settingScopes) as [SettingScope, string][]
  const head = ['flag', 'variable', 'default', 'meaning', 'commands']
  return scopes
    .map(([scope, title]) => {
      const rows = settingsIn(scope).map((name) => settingRow(settings[name]))
      return `## ${title}\n\n${table(head, rows)}`
    })
    .join('\n\n')
}

export function suiteTable(): string {
  const rows = Object.entries(suites).map(([name, { runs, meaning }]) => [
    code(name),
    runs === null ? 'as many as there is time for' : `${runs} each`,
    meaning,
  ])
  return table(['suite', 'runs', 'scenarios'], rows)
}

/**
 * Every check, in the order in which results list them, with the controls that turn it red.
 * @param link the link to the folder of the controls, from the page that shows the table
 */
export async function checkTable(folder: string, link: string): Promise<string> {
  const controls = await loadControls(folder)
  const row =
    (when: string) =>
    ({ name, promise }: Check) => {
      const red = controls.filter(({ expected: { check } }) => check === name)
      return [code(name), promise, when, red.map((one) => `[${one.name}](${link}/${one.name}.ts)`).join(', ')]
    }
  return table(
    ['check', 'what must be so', 'judges', 'turned red by'],
    [...defaultChecks.map(row('every run')), ...optionalChecks.map(row('if a scenario asks'))],
  )
}

/** @param link the link to the folder, from the page that shows the table */
export async function controlTable(folder: string, link: string): Promise<string> {
  const rows = (await loadControls(folder)).map(({ name, breaks, defect, expected }) => [
    `[${name}](${link}/${name}.ts)`,
    breaks,
    defect,
    expected.check === undefined ? expected.verdict : `${expected.verdict}, by ${code(expected.check)}`,
  ])
  return table(['control', 'breaks', 'what is broken', 'must be'], rows)
}

export function faultTable(): string {
  const rows = builtInFaults().map((fault) => [
    code(fault.kind),
    fault.target,
    code(fault.effect),
    fault.does,
    fault.healedBy,
    backendsFor(fault).join(', '),
  ])
  return table(['kind', 'target', 'effect', 'what it does', 'healed by', 'backends'], rows)
}

/** What is tried with every workload of a project. */
export function genericFaultTable(): string {
  const rows = genericFaults({
    worker: { graceMs: 0, start: { kind: 'command', command: [], cwd: '.', env: {} } },
  }).map(({ name, happens }) => [code(name), happens])
  return table(['fault', 'what happens'], rows)
}

export function goldenDifferenceTable(): string {
  return table(
    ['what differs', 'why'],
    legitimateDifferences.map(({ what, why }) => [what, why]),
  )
}

export function exitCodeTable(): string {
  const rows = Object.values(exitCodes).map(({ code: exitCode, meaning }) => [String(exitCode), meaning])
  return table(['exit code', 'meaning'], rows)
}

/** Every leaf of a profile as `path: text`, with units for durations. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    )
  }
  const isDuration = typeof value === 'number' && /(?:Timeout|Interval|Time)$/.test(path)
  return [[path, isDuration ? formatDuration(value) : value === true ? 'yes' : String(value)]]
}

export function profileTable(): string {
  const columns = Object.values<Profile>(profiles).map(
    ({ name, worker, start, activity, supervisor = {} }) => ({
      name,
      values: new Map(leaves({ worker, start, activity, supervisor }, '')),
    }),
  )
  const paths = new Set(columns.flatMap(({ values }) => [...values.keys()]))
  const rows = [...paths]
    .toSorted((one, other) => one.localeCompare(other))
    .map((path) => [code(path), ...columns.map(({ values }) => values.get(path) ?? '')])
  return table(['setting', ...columns.map(({ name }) => code(name))], rows)
}

const scenarioFile = z.object({
  default: z.object({
    name: z.string(),
    promise: z.string(),
    suites: z.array(z.string()),
    needs: z.array(z.string()),
  }),
})

/** @param link the link to the folder, from the page that shows the table */
export async function scenarioTable(folder: string, link: string): Promise<string> {
  const files = existsSync(folder) ? await readdir(folder) : []
  const names = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).toSorted()
  const rows = await Promise.all(
    names.map(async (file) => {
      const module: unknown = await import(pathToFileURL(join(folder, file)).href)
      const { name, promise, suites: memberOf, needs } = scenarioFile.parse(module).default
      const belongs = memberOf.length === 0 ? 'by name' : memberOf.join(', ')
      const where = needs.length === 0 ? '' : `; needs ${needs.map(code).join(', ')}`
      return [`[${name}](${link}/${file})`, promise, `${belongs}${where}`]
    }),
  )
  return table(['scenario', 'promise', 'suites'], rows)
}

/** Every field of a chaos.config. */
export function configTable(): string {
  const rows = configFields().map(({ path, description, isRequired, default: preset }) => [
    code(path),
    isRequired ? 'must be there' : preset === undefined ? '' : code(JSON.stringify(preset)),
    description,
  ])
  return table(['field', 'default', 'meaning'], rows)
}
