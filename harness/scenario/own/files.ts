// The modules that a project's chaos.config names: scenarios, checks and observations of its own.
import { glob } from 'node:fs/promises'
import path from 'node:path'
import type { Project } from '../../config/project/project.ts'
import { loadDefault, moduleName } from '../../core/load-default.ts'
import { UsageError, type ErrorCode } from '../../core/errors.ts'

export interface FileKind {
  /** The field of the configuration. */
  readonly field: 'scenarios' | 'checks' | 'observations'
  /** What each file exports by default. */
  readonly what: string
  /** What to write into the file. */
  readonly hint: string
  readonly code: ErrorCode
}

type Place = Pick<Project, 'file' | 'folder'>

const testOrTypes = /\.(?:test|spec|d)\.m?[jt]s$/

/**
 * The files that match these patterns, each once, in the order of the patterns and of their names. Tests and
 * declarations are left out.
 * @throws UsageError `code` of the kind if a pattern matches none
 */
export async function filesOf(
  { file, folder }: Place,
  patterns: readonly string[],
  { field, what, code }: Pick<FileKind, 'field' | 'what' | 'code'>,
): Promise<string[]> {
  const found: string[] = []
  for (const pattern of patterns) {
    const modules: string[] = []
    for await (const name of glob(pattern, { cwd: folder, exclude: (one) => one === 'node_modules' })) {
      if (moduleName(name) !== undefined && !testOrTypes.test(name)) modules.push(name)
    }
    if (modules.length === 0) {
      throw new UsageError(
        `"${field}" of ${file} names ${JSON.stringify(pattern)}, and no such file is in ${folder}`,
        `Write one that exports ${what}, in .ts, .js or .mjs, or correct "${field}".`,
        code,
      )
    }
    found.push(...modules.toSorted().map((name) => path.resolve(folder, name)))
  }
  return [...new Set(found)]
}

/**
 * What a file exports by default.
 * @throws UsageError `code` of the kind if the file cannot be loaded, or exports something else
 */
export async function loadOwn<T>(
  file: string,
  { what, hint, code }: FileKind,
  isIt: (value: unknown) => value is T,
): Promise<T> {
  const value = await loadDefault(file, code)
  if (isIt(value)) return value
  throw new UsageError(`${file} does not export ${what} as its default`, hint, code)
}
