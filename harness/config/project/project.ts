// A project under test, as its chaos.config declares it: found upwards from the working directory.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse as parseToml } from 'smol-toml'
import type { z } from 'zod'
import { messageOf, UsageError } from '../../core/errors.ts'
import { loadDefault } from '../../core/load-default.ts'
import { moduleVersion } from '../../core/module-version.ts'
import { didYouMean } from '../../core/nearest.ts'
import { projectJsonSchema } from './json-schema.ts'
import { projectSchema } from './schema.ts'
import type { ProjectWorker } from './worker-schema.ts'

export interface Project extends Omit<z.output<typeof projectSchema>, 'worker' | 'workers'> {
  readonly file: string
  /** Relative paths of the configuration begin here. */
  readonly folder: string
  /** Changes with every edit of the file, and of those that it imports. */
  readonly version: string
  readonly workers: Readonly<Record<string, ProjectWorker & { readonly taskQueues: readonly string[] }>>
}

export const projectFiles = [
  'chaos.config.ts',
  'chaos.config.js',
  'chaos.config.mjs',
  'chaos.config.json',
  'chaos.toml',
] as const

const invalidCode = 'CHAOS_CONFIG_INVALID'

/**
 * The configuration in this folder or the nearest one above it; undefined if there is none.
 * @throws UsageError `CHAOS_CONFIG_INVALID` if two stand side by side, or one cannot be read or says something wrong
 */
export async function findProject(from: string): Promise<Project | undefined> {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const found = projectFiles.filter((name) => existsSync(path.join(folder, name)))
    const [first, second] = found
    if (second !== undefined) {
      throw new UsageError(`${folder} has ${found.join(' and ')}`, 'Keep one of them.', invalidCode)
    }
    if (first !== undefined) return readProject(path.join(folder, first))
    if (folder === path.dirname(folder)) return undefined
  }
}

/** @throws UsageError `CHAOS_CONFIG_INVALID`, which names each wrong field */
export async function readProject(file: string): Promise<Project> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw unreadable(file, thrown)
  })
  // What a module imports decides as well.
  const version = /\.m?[jt]s$/.test(file) ? await moduleVersion(file) : text
  return projectOf(file, await contentOf(file, text), version)
}

async function contentOf(file: string, text: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(text) as unknown
    if (file.endsWith('.toml')) return parseToml(text)
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
  const content = await loadDefault(file, invalidCode)
  if (content !== undefined) return content
  throw new UsageError(`${file} has no default export`, 'Export what `defineConfig` returns.', invalidCode)
}

/** @param text what decides its version */
export function projectOf(file: string, content: unknown, text: string): Project {
  const parsed = projectSchema.safeParse(content)
  if (!parsed.success) throw invalid(file, parsed.error)
  const { worker, workers, ...rest } = parsed.data
  assertProfilesFit(file, rest)
  const queues = [...new Set(Object.values(rest.workloads).map(({ taskQueue }) => taskQueue))]
  const named: Readonly<Record<string, ProjectWorker>> = worker === undefined ? (workers ?? {}) : { worker }
  return {
    ...rest,
    file,
    folder: path.dirname(file),
    version: createHash('sha256').update(text).digest('hex').slice(0, 16),
    workers: Object.fromEntries(
      Object.entries(named).map(([name, one]) => [name, { ...one, taskQueues: one.taskQueues ?? queues }]),
    ),
  }
}

/** @throws UsageError `CHAOS_CONFIG_INVALID` if a profile changes a workload that is not there */
function assertProfilesFit(file: string, { profiles, workloads }: Pick<Project, 'profiles' | 'workloads'>) {
  const known = Object.keys(workloads)
  const lines = Object.entries(profiles).flatMap(([profile, { workloads: changed }]) =>
    Object.keys(changed)
      .filter((name) => !known.includes(name))
      .map((name) => `  profiles.${profile}.workloads: ${noField(name, known, 'workload')}`),
  )
  if (lines.length > 0) throw notValid(file, lines)
}

function unreadable(file: string, thrown: unknown): UsageError {
  return new UsageError(`${file} cannot be read: ${messageOf(thrown)}`, 'Correct the file.', invalidCode)
}

function invalid(file: string, error: z.ZodError): UsageError {
  return notValid(
    file,
    error.issues.map((issue) => `  ${fieldOf(issue.path)}${wordsOf(issue)}`),
  )
}

function notValid(file: string, lines: readonly string[]): UsageError {
  return new UsageError(`${file} is not valid:\n${lines.join('\n')}`, undefined, invalidCode)
}

function fieldOf(at: readonly PropertyKey[]): string {
  return at.length === 0 ? '' : `${at.map(String).join('.')}: `
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return `expected ${issue.issues.map(({ message }) => message).join(', ')}`
  if (issue.code !== 'unrecognized_keys') return withoutPreface(`expected ${issue.message}`)
  const known = knownFields(issue.path)
  return issue.keys.map((key) => noField(key, known, 'field')).join('; ')
}

function noField(name: string, known: readonly string[], what: string): string {
  return `there is no ${what} ${name}. ${didYouMean(name, known) ?? `Known: ${known.join(', ')}.`}`
}

/** The schema's own words begin otherwise than ours. */
function withoutPreface(words: string): string {
  return words.replace(/^expected Invalid (?:input|option): /, '')
}

/** The fields that may stand at this place; names that users give count as any. */
function knownFields(at: readonly PropertyKey[]): string[] {
  let schema: unknown = projectJsonSchema()
  for (const key of at) {
    const { properties, items, additionalProperties } = schema as Record<string, Record<string, unknown>>
    schema = properties?.[String(key)] ?? (typeof key === 'number' ? items : additionalProperties) ?? {}
  }
  const { anyOf = [], ...own } = schema as Forms & { readonly anyOf?: readonly Forms[] }
  return [own, ...anyOf].flatMap(({ properties = {} }) => Object.keys(properties))
}

/** Some fields may be written in several forms. */
interface Forms {
  readonly properties?: object
}
