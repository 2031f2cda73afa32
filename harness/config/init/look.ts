// Looks at a project's folder: which language its worker is written in, and what its code says. Nothing of it is executed.
import path from 'node:path'
import { go } from './go.ts'
import { java } from './java.ts'
import {
  captured,
  languages,
  type Commands,
  type FoundMessage,
  type FoundWorkflow,
  type Language,
  type ReadLanguage,
} from './language.ts'
import { python } from './python.ts'
import { queuesIn } from './queues.ts'
import { sourceFilesIn, textOf, type SourceFile } from './source-files.ts'
import { typescript } from './typescript.ts'

const readers: Readonly<Record<Language, ReadLanguage>> = { typescript, python, go, java }

/** How clients start a workflow, and how another workflow does, before the parenthesis. */
const starts = '\\b(?:start|execute|start_workflow|execute_workflow|ExecuteWorkflow|newWorkflowStub)'
const startsChild = '(?:executeChild|startChild|child_workflow|ChildWorkflow\\w*)'

export interface Look extends Commands {
  readonly language: Language
  readonly filesRead: number
  /** Those that a client starts come first, those that another workflow starts last. */
  readonly workflows: readonly FoundWorkflow[]
  readonly messages: readonly FoundMessage[]
  /** Those of workers come first. */
  readonly queues: readonly string[]
  readonly replay: readonly string[]
}

/**
 * The languages of a folder: those whose manifest names Temporal's SDK; else those of the code that creates a worker, since the
 * folder may be a part of a project, and npm writes a package.json for a tool alone; else those that have a manifest.
 */
export async function languagesIn(folder: string): Promise<Language[]> {
  const texts = new Map<Language, string[]>()
  for (const language of languages) {
    const read = await Promise.all(readers[language].manifests.map((name) => textOf(path.join(folder, name))))
    texts.set(
      language,
      read.filter((text) => text !== undefined),
    )
  }
  const having = languages.filter((language) => (texts.get(language) ?? []).length > 0)
  const withSdk = having.filter((language) =>
    (texts.get(language) ?? []).some((text) => readers[language].sdk.test(text)),
  )
  if (withSdk.length > 0) return withSdk
  const withWorker = await Promise.all(
    languages.map(async (language) => {
      const { endings, createsWorker } = readers[language]
      const files = await sourceFilesIn(folder, endings)
      return files.some(({ text }) => createsWorker.test(text)) ? [language] : []
    }),
  )
  const byCode = withWorker.flat()
  return byCode.length > 0 ? byCode : having
}

export async function look(folder: string, language: Language): Promise<Look> {
  const reader = readers[language]
  const files = await sourceFilesIn(folder, reader.endings)
  const workflows = workflowsOf(files, reader)
  const isNamed = (before: string, type: string) =>
    files.some(({ text }) => new RegExp(`${before}\\s*\\([^)]*?\\b${RegExp.escape(type)}\\b`).test(text))
  const rank = ({ type }: FoundWorkflow) => (isNamed(startsChild, type) ? 2 : isNamed(starts, type) ? 0 : 1)
  return {
    language,
    filesRead: files.length,
    workflows: workflows.toSorted((a, b) => rank(a) - rank(b)),
    messages: distinct(
      files.flatMap(({ text }) => reader.messagesIn(text)),
      ({ kind, name }) => `${kind} ${name}`,
    ),
    queues: queuesIn(files, reader),
    replay: reader.replay,
    ...(await reader.commandsFor(folder, files)),
  }
}

function workflowsOf(
  files: readonly SourceFile[],
  { registers, workflowsIn }: ReadLanguage,
): FoundWorkflow[] {
  const all = distinct(files.flatMap(workflowsIn), ({ type }) => type)
  const registered = new Set(registers && files.flatMap(({ text }) => captured(text, registers)))
  const taken = all.filter(({ type }) => registered.has(type))
  return taken.length > 0 ? taken : all
}

function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.toReversed().map((one) => [keyOf(one), one])).values()].toReversed()
}
