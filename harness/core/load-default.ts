// Loads the default export of a file that a user wrote, in TypeScript or JavaScript.
import { readdir } from 'node:fs/promises'
import { registerHooks, type ResolveHookSync } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ChaosError, messageOf, UsageError, type ErrorCode } from './errors.ts'

/**
 * The modules of a folder except tests, in the order of their names.
 * @param what the content of the folder, for the message: "the scenarios"
 * @throws UsageError `code` if the folder cannot be read
 */
export async function sourceFiles(folder: string, what: string, code: ErrorCode): Promise<string[]> {
  try {
    const names = await readdir(folder)
    const sources = names.filter((name) => moduleName(name) !== undefined && !testOrTypes.test(name))
    return sources.toSorted().map((name) => path.join(folder, name))
  } catch (thrown) {
    throw unreadable(`${what} of ${folder}`, thrown, 'Name a folder that holds such files.', code)
  }
}

const testOrTypes = /\.(test|d)\.m?[jt]s$/

/** The name of a module without its ending; undefined if the file is no module. */
export function moduleName(file: string): string | undefined {
  return /^(.+)\.m?[jt]s$/.exec(path.basename(file))?.[1]
}

/**
 * The default export; undefined if there is none.
 * @throws UsageError `code` if the file cannot be loaded
 */
export async function loadDefault(file: string, code: ErrorCode): Promise<unknown> {
  try {
    const loaded = await importModule(pathToFileURL(file).href)
    return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  } catch (thrown) {
    // Errors of the harness already say what is wrong in the file.
    const hint = thrown instanceof ChaosError ? thrown.hint : undefined
    throw unreadable(file, thrown, hint ?? 'Correct the file, or move it out of the folder.', code)
  }
}

function unreadable(what: string, thrown: unknown, hint: string, code: ErrorCode): UsageError {
  return new UsageError(`${what} cannot be loaded: ${messageOf(thrown)}`, hint, code)
}

/**
 * Errors of Node's type stripping for syntax that tsx understands: enums, decorators, imports without an
 * ending.
 */
const beyondNode = new Set([
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_MODULE_NOT_FOUND',
])

/** Node alone takes half the time; tsx loads the files that Node cannot. */
async function importModule(href: string): Promise<unknown> {
  const hooks = registerHooks({ resolve: ownPackageFirst })
  try {
    return await import(href)
  } catch (thrown) {
    if (!beyondNode.has((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown
    const { register } = await import('tsx/esm/api')
    register()
    return await import(href)
  } finally {
    hooks.deregister()
  }
}

/** The file gets this very package by its name, also if the project has not installed it, or another version of it. */
const ownPackageFirst: ResolveHookSync = (specifier, context, next) =>
  /^temporal-chaos(?:\/|$)/.test(specifier)
    ? next(specifier, { ...context, parentURL: import.meta.url })
    : next(specifier, context)
