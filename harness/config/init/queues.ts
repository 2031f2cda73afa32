// The names of task queues in source code: written where they are used, or as a constant somewhere else.
import type { ReadLanguage } from './language.ts'
import type { SourceFile } from './source-files.ts'

const literal = /^['"`]([^'"`$\n]+)['"`]/
/** `process.env.QUEUE ?? 'orders'`, `os.environ.get("QUEUE", "orders")` */
const preset =
  /^(?:process\.env[^\n,]*?(?:\?\?|\|\|)\s*|os\.(?:environ\.get|getenv)\(\s*['"][^'"]*['"]\s*,\s*)['"`]([^'"`\n]+)['"`]/
const constant = /^(?:\w+\.)*([A-Za-z_]\w*)/

/** Those of files that create a worker come first. */
export function queuesIn(
  files: readonly SourceFile[],
  { beforeQueue, createsWorker }: Pick<ReadLanguage, 'beforeQueue' | 'createsWorker'>,
): string[] {
  const [ofWorkers, others] = [true, false].map((wanted) =>
    files.filter(({ text }) => createsWorker.test(text) === wanted),
  )
  const names = [...(ofWorkers ?? []), ...(others ?? [])].flatMap(({ text }) =>
    [...text.matchAll(beforeQueue)].map(({ index, 0: { length } }) =>
      nameIn(text.slice(index + length, index + length + 200), files),
    ),
  )
  return [...new Set(names.filter((name) => name !== undefined))]
}

function nameIn(expression: string, files: readonly SourceFile[]): string | undefined {
  const written = literal.exec(expression)?.[1] ?? preset.exec(expression)?.[1]
  const called = constant.exec(expression)?.[1]
  return written ?? (called === undefined ? undefined : valueOf(called, files))
}

/** The text that a constant of this name is set to, anywhere. */
function valueOf(name: string, files: readonly SourceFile[]): string | undefined {
  const set = new RegExp(`\\b${name}\\b(?:\\s*:\\s*[\\w.\\[\\]]+|\\s+string)?\\s*:?=\\s*([^\\n]+)`, 'g')
  for (const { text } of files) {
    for (const [, value = ''] of text.matchAll(set)) {
      const found = literal.exec(value)?.[1] ?? preset.exec(value)?.[1]
      if (found !== undefined) return found
    }
  }
  return undefined
}
