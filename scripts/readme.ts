// Renders the tables, the example and the samples of output of README.md from the code they describe; with --check it
// only tells whether they are up to date.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { failureSample, gateSample } from './readme-samples.ts'
import {
  exampleText,
  exitCodeTable,
  profileTable,
  replaceGenerated,
  scenarioTable,
  settingsTable,
  suiteTable,
} from './readme-tables.ts'

const root = join(import.meta.dirname, '..')
const path = join(root, 'README.md')
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

const current = await readFile(path, 'utf8')
const filled = replaceGenerated(current, {
  settings: settingsTable(),
  suites: suiteTable(),
  'exit-codes': exitCodeTable(),
  profiles: profileTable(),
  'gate-sample': await gateSample(join(root, 'scenarios')),
  'failure-sample': failureSample(),
  scenarios: await scenarioTable(join(root, 'scenarios')),
  example: await exampleText(join(root, 'scenarios', 'kill-worker-mid-sleep.ts')),
})
const fresh = await format(filled, { ...(await resolveConfig(path)), filepath: path })

if (values.check && fresh !== current) {
  console.error('README.md does not match the code: run `pnpm readme` and commit the result.')
  process.exitCode = 1
} else if (fresh !== current) {
  await writeFile(path, fresh)
}
