// Fills the generated parts of README.md and docs/*.md from the code, and writes the JSON Schema of a chaos.config.
// With --check it only lists what is outdated.
import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { checkAllUsed, fillPage, type Generator } from './fill-page.ts'
import { failureSample, figuresSample, gateSample } from './samples.ts'
import { projectJsonSchema } from '../harness/config/project/json-schema.ts'
import {
  checkTable,
  configTable,
  controlTable,
  exitCodeTable,
  faultTable,
  genericFaultTable,
  goldenDifferenceTable,
  profileTable,
  scenarioTable,
  settingsTables,
  suiteTable,
} from './tables.ts'

const root = join(import.meta.dirname, '..')
const scenarios = join(root, 'scenarios')
const controls = join(root, 'controls')

/** The generators of texts for `<!-- generated:NAME -->`, on any page. */
const generators: Readonly<Record<string, Generator>> = {
  settings: settingsTables,
  'config-fields': configTable,
  suites: suiteTable,
  'exit-codes': exitCodeTable,
  profiles: profileTable,
  'gate-sample': () => gateSample(scenarios),
  'failure-sample': failureSample,
  'figures-sample': figuresSample,
  checks: (toRoot) => checkTable(controls, `${toRoot}controls`),
  controls: (toRoot) => controlTable(controls, `${toRoot}controls`),
  faults: faultTable,
  'generic-faults': genericFaultTable,
  'golden-differences': goldenDifferenceTable,
  scenarios: (toRoot) => scenarioTable(scenarios, `${toRoot}scenarios`),
  example: () => sourceText(join(scenarios, 'kill-worker-mid-sleep.ts')),
}

async function sourceText(path: string): Promise<string> {
  return ['```ts', (await readFile(path, 'utf8')).trimEnd(), '```'].join('\n')
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const paths = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root }).toSorted()]
const pages = await Promise.all(
  paths.map(async (path) => {
    const file = join(root, path)
    return { path, file, current: await readFile(file, 'utf8') }
  }),
)
checkAllUsed(
  pages.map(({ current }) => current),
  generators,
)

for (const { path, file, current } of pages) {
  const up = relative(dirname(file), root)
  await keep(path, current, await fillPage(current, generators, up === '' ? '' : `${up}/`))
}
const schemaFile = 'chaos.schema.json'
const schema = await readFile(join(root, schemaFile), 'utf8').catch(() => '')
await keep(schemaFile, schema, JSON.stringify(projectJsonSchema()))

async function keep(path: string, current: string, text: string): Promise<void> {
  const file = join(root, path)
  const fresh = await format(text, { ...(await resolveConfig(file)), filepath: file })
  if (fresh === current) return
  if (values.check) {
    console.error(`${path} does not match the code: run \`pnpm readme\` and commit the result.`)
    process.exitCode = 1
  } else {
    await writeFile(file, fresh)
  }
}
