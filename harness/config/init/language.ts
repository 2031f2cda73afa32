// What `init` knows of a language: how its projects are recognised, and what its source code says.
import type { SourceFile } from './source-files.ts'

export const languages = ['typescript', 'python', 'go', 'java'] as const
export type Language = (typeof languages)[number]

export interface FoundWorkflow {
  readonly type: string
  /** Its parameters as they are written, without a context; empty if it takes none. */
  readonly parameters: string
}

export interface FoundMessage {
  readonly kind: 'signal' | 'update'
  readonly name: string
}

export interface Commands {
  readonly build?: readonly string[]
  /** Undefined if nothing shows how the worker is started. */
  readonly worker?: readonly string[]
}

export interface ReadLanguage {
  /** One of these in a folder says that a project of the language is there. */
  readonly manifests: readonly string[]
  /** In a manifest: the language's SDK of Temporal. */
  readonly sdk: RegExp
  readonly endings: readonly string[]
  /** A file with it creates a worker. */
  readonly createsWorker: RegExp
  /** Before the expression that is a task queue. */
  readonly beforeQueue: RegExp
  /** Where a worker names a workflow that it takes: of those that are found, only these count if there are any. */
  readonly registers?: RegExp
  workflowsIn(file: SourceFile): FoundWorkflow[]
  messagesIn(text: string): FoundMessage[]
  commandsFor(folder: string, files: readonly SourceFile[]): Promise<Commands>
  /** An example of a command that replays histories. */
  readonly replay: readonly string[]
}

/** All matches' first group that took part. */
export function captured(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(
    ([, ...groups]) => groups.find((group) => group !== undefined) ?? [],
  )
}

export function messagesBy(
  text: string,
  patterns: Readonly<Record<FoundMessage['kind'], RegExp>>,
): FoundMessage[] {
  return (['signal', 'update'] as const).flatMap((kind) =>
    captured(text, patterns[kind]).map((name) => ({ kind, name })),
  )
}

/** What stands between the parenthesis at this place and its partner, on one line and without the parameter that the SDK gives. */
export function parametersAt(text: string, openAt: number, own: RegExp): string {
  let depth = 0
  for (let at = openAt; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0)
      return text
        .slice(openAt + 1, at)
        .replaceAll(/\s+/g, ' ')
        .trim()
        .replace(own, '')
        .trim()
        .replace(/,$/, '')
  }
  return ''
}
