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

export interface Look extends Commands {
  readonly language: Language
  readonly filesRead: number
  /** Those that no other workflow starts come first. */
  readonly workflows: readonly FoundWorkflow[]
  readonly messages: readonly FoundMessage[]
  /** Those of workers come first. */
  readonly queues: readonly string[]
  readonly replay: readonly string[]
}

/** The languages of a folder: those whose manifest names Temporal's SDK, or else those that have a manifest. */
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
  return withSdk.length > 0 ? withSdk : having
}

export async function look(folder: string, language: Language): Promise<Look> {
  const reader = readers[language]
  const files = await sourceFilesIn(folder, reader.endings)
  const workflows = workflowsOf(files, reader)
  const isChild = ({ type }: FoundWorkflow) => files.some(({ text }) => startsChild(type).test(text))
  return {
    language,
    filesRead: files.length,
    workflows: [...workflows.filter((one) => !isChild(one)), ...workflows.filter(isChild)],
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

function startsChild(type: string): RegExp {
  return new RegExp(`(?:executeChild|startChild|child_workflow|ChildWorkflow\\w*)\\s*\\([^)]*?\\b${type}\\b`)
}

function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.toReversed().map((one) => [keyOf(one), one])).values()].toReversed()
}
