// `chaos init`: writes a configuration for the worker in this folder, by what its source code says.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Option, type Command } from 'commander'
import { draftOf, type Draft } from '../config/init/draft.ts'
import { installedPackage } from '../config/init/installed.ts'
import { languages, type Language } from '../config/init/language.ts'
import { languagesIn, look, type Look } from '../config/init/look.ts'
import { render, type Format } from '../config/init/render.ts'
import { renderScenario, scenarioFile } from '../config/init/scenario.ts'
import { projectFiles } from '../config/project/project.ts'
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { askLanguage, askWhatIsUnclear, isCancelled } from './init-questions.ts'

interface InitOptions {
  readonly language?: Language
  readonly yes?: true
}

export function registerInit(program: Command, { done }: Pick<CampaignCommand, 'done'>): void {
  const command = program
    .command('init')
    .description('write a chaos.config for the worker in this folder, and one scenario')
    .addOption(new Option('--language <name>', 'the language of the worker').choices(languages))
    .option('-y, --yes', 'ask nothing; what is not found is marked in the file')
  addExample(command, 'init --language python --yes')
  command.action(async (options: InitOptions) => {
    try {
      const mayAsk = options.yes === undefined && process.stdin.isTTY && process.stdout.isTTY
      process.stdout.write(`${await initialise(process.cwd(), options, mayAsk)}\n`)
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown
      done(exitCodes.interrupted.code)
    }
  })
}

/**
 * Writes the file and says what to do next.
 * @throws UsageError `CHAOS_CONFIG_EXISTS`, `CHAOS_LANGUAGE_UNKNOWN`
 */
export async function initialise(
  folder: string,
  { language: given }: Pick<InitOptions, 'language'>,
  mayAsk: boolean,
): Promise<string> {
  const existing = projectFiles.find((name) => existsSync(path.join(folder, name)))
  if (existing !== undefined) {
    throw new UsageError(
      `${folder} has ${existing} already`,
      'Edit it, or remove it first.',
      'CHAOS_CONFIG_EXISTS',
    )
  }
  const language = given ?? (await languageOf(folder, mayAsk))
  const found = await look(folder, language)
  const draft = draftOf(found, mayAsk ? await askWhatIsUnclear(found) : {})
  const isTypeScript = language === 'typescript' && existsSync(path.join(folder, 'tsconfig.json'))
  const format: Format = isTypeScript ? 'ts' : 'toml'
  const file = format === 'ts' ? 'chaos.config.ts' : 'chaos.toml'
  const installed = installedPackage(folder)
  await writeFile(path.join(folder, file), render(draft, { format, installed }), { flag: 'wx' })
  const isWritten = await writeScenario(folder, renderScenario(draft, installed))
  const wrote = isWritten ? `Wrote ${file}, and a scenario of your own: ${scenarioFile}.` : `Wrote ${file}.`
  return [...foundLines(found), wrote, ...nextLines(draft, file)].join('\n')
}

/** @returns false if a file of that name is there already: it stays as it is */
async function writeScenario(folder: string, text: string): Promise<boolean> {
  const file = path.join(folder, scenarioFile)
  if (existsSync(file)) return false
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, text, { flag: 'wx' })
  return true
}

async function languageOf(folder: string, mayAsk: boolean): Promise<Language> {
  const seen = await languagesIn(folder)
  const [only, ...others] = seen
  if (mayAsk && (only === undefined || others.length > 0))
    return askLanguage(only === undefined ? languages : seen)
  if (only !== undefined && others.length === 0) return only
  throw new UsageError(
    only === undefined
      ? `nothing in ${folder} says which language the worker is written in`
      : `${folder} has a project in ${seen.join(' and in ')}`,
    `Say which: \`${commandName} init --language ${seen[0] ?? 'python'}\`, in the folder of the worker. Known: ${languages.join(', ')}.`,
    'CHAOS_LANGUAGE_UNKNOWN',
  )
}

function foundLines({ language, filesRead, workflows, queues, worker }: Look): string[] {
  const list = (names: readonly string[]) => (names.length === 0 ? 'none found' : names.join(', '))
  return [
    `Read ${filesRead} source ${filesRead === 1 ? 'file' : 'files'} (${language}).`,
    `  workflows    ${list(workflows.map(({ type }) => type))}`,
    `  task queues  ${list(queues)}`,
    `  worker       ${worker?.join(' ') ?? 'not found how it is started'}`,
    '',
  ]
}

function nextLines({ todos }: Draft, file: string): string[] {
  const run = `${commandName} check, and ${commandName} run --quick`
  if (todos.length === 0) return [`Next: ${run}`]
  return [
    `Fill in what is marked with TODO in ${file}:`,
    ...todos.map((todo) => `  - ${todo}`),
    `Then: ${run}`,
  ]
}
