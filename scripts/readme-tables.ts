// The tables and the example of README.md, each from the one place in the code where its facts are at home.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { settings, type Setting } from '../harness/config/config.ts'
import { formatDuration } from '../harness/core/duration.ts'
import { exitCodes } from '../harness/core/exit-codes.ts'
import { profiles, type Profile } from '../harness/config/profiles.ts'
import { suites } from '../harness/config/suites.ts'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function settingsTable(): string {
  const rows = Object.values<Setting>(settings).map(({ flag, env, default: initial, description }) => [
    `\`${flag}\``,
    `\`${env}\``,
    initial,
    description,
  ])
  return table(['flag', 'environment', 'default', 'meaning'], rows)
}

export function suiteTable(): string {
  const rows = Object.entries(suites).map(([name, { runs, meaning }]) => [
    `\`${name}\``,
    runs === null ? 'as many as there is time for' : `${runs} each`,
    meaning,
  ])
  return table(['suite', 'runs', 'scenarios'], rows)
}

export function exitCodeTable(): string {
  const rows = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning])
  return table(['exit code', 'meaning'], rows)
}

/** Every leaf of a profile as `path: text`, durations with their unit. */
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
    .map((path) => [`\`${path}\``, ...columns.map(({ values }) => values.get(path) ?? '')])
  return table(['setting', ...columns.map(({ name }) => `\`${name}\``)], rows)
}

const scenarioFile = z.object({
  default: z.object({
    name: z.string(),
    promise: z.string(),
    suites: z.array(z.string()),
    needs: z.array(z.string()),
  }),
})

export async function scenarioTable(folder: string): Promise<string> {
  const files = existsSync(folder) ? await readdir(folder) : []
  const names = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).toSorted()
  const rows = await Promise.all(
    names.map(async (file) => {
      const module: unknown = await import(pathToFileURL(join(folder, file)).href)
      const { name, promise, suites, needs } = scenarioFile.parse(module).default
      const belongs = suites.length === 0 ? 'by name' : suites.join(', ')
      const where = needs.length === 0 ? '' : `; needs \`${needs.join('`, `')}\``
      return [`[${name}](scenarios/${file})`, promise, `${belongs}${where}`]
    }),
  )
  return table(['scenario', 'promise', 'suites'], rows)
}

/** The text of a source file, as it is. */
export async function exampleText(path: string): Promise<string> {
  return ['```ts', (await readFile(path, 'utf8')).trimEnd(), '```'].join('\n')
}

/**
 * Puts each text between `<!-- generated:NAME -->` and the next `<!-- /generated -->`.
 * @throws Error where the document and the texts do not name the same tables
 */
export function replaceGenerated(document: string, texts: Readonly<Record<string, string>>): string {
  const seen = new Set<string>()
  const replaced = document.replaceAll(
    /(<!-- generated:([\w-]+) -->).*?(<!-- \/generated -->)/gs,
    (_, open: string, name: string, close: string) => {
      const text = texts[name]
      if (text === undefined) throw new Error(`there is no text called ${name} to generate`)
      seen.add(name)
      return `${open}\n\n${text}\n\n${close}`
    },
  )
  const missing = Object.keys(texts).filter((name) => !seen.has(name))
  if (missing.length > 0) throw new Error(`the document has no place for ${missing.join(', ')}`)
  return replaced
}
