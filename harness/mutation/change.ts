// What a mutation changed: the first place in the files that differs.
import { recordFiles } from '../record/files.ts'
import type { RecordFiles } from '../record/read-files.ts'

export interface Change {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** Of the entry or observation; null in files without kinds. */
  readonly kind: string | null
  /** The path of the only value that changed, `answer.phase`; null if more than a value changed. */
  readonly field: string | null
  /** How many lines there are more than before. */
  readonly more: number
  /** As text; null if there is none. */
  readonly was: string | null
  readonly is: string | null
}

/** Null if nothing differs. */
export function firstChange(good: RecordFiles, damaged: RecordFiles): Change | null {
  for (const [file, content] of Object.entries(good)) {
    const now = damaged[file]
    if (now === undefined || now.equals(content)) continue
    const [before, after] = [linesIn(content), linesIn(now)]
    const differs = before.findIndex((text, index) => text !== after[index])
    const at = differs === -1 ? before.length : differs
    const [was, is] = [before[at] ?? null, after[at] ?? null]
    const isOneLine = before.length === after.length && before.every((text, index) => index === at || text === after[index]) // prettier-ignore
    const value = file === recordFiles.header ? valueIn(content.toString(), now.toString()) : isOneLine && valueIn(was, is) // prettier-ignore
    const whole = { field: null, ...aroundTheChange(was, is) }
    const more = after.length - before.length
    return { file, line: at + 1, kind: kindOf(was), more, ...(value || whole) }
  }
  return null
}

function linesIn(content: Buffer): string[] {
  return content
    .toString()
    .split('\n')
    .filter((line, index, all) => line !== '' || index < all.length - 1)
}

type Values = Pick<Change, 'field' | 'was' | 'is'>

/** Undefined if it is no JSON, or if more than a value in it differs. */
function valueIn(before: string | null, after: string | null): Values | undefined {
  try {
    return innermost(JSON.parse(before ?? ''), JSON.parse(after ?? ''), [])
  } catch {
    return undefined
  }
}

function innermost(was: unknown, is: unknown, path: readonly string[]): Values | undefined {
  if (isObject(was) && isObject(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    const [key, ...others] = keys.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    if (key !== undefined && others.length === 0) return innermost(was[key], is[key], [...path, key])
  }
  return path.length === 0 ? undefined : { field: path.join('.'), was: textOf(was), is: textOf(is) }
}

/** Also a list, whose keys are its places. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function kindOf(line: string | null): string | null {
  return /"kind":"([a-z-]+)"/.exec(line ?? '')?.[1] ?? null
}

const shownBefore = 60
const shownCharacters = 160

/** Both lines, from a little before the first character that differs. */
function aroundTheChange(before: string | null, after: string | null): Pick<Change, 'was' | 'is'> {
  const first = (before ?? '').split('').findIndex((character, index) => character !== after?.[index])
  const from = Math.max(0, (first === -1 ? (before ?? '').length : first) - shownBefore)
  const shown = (text: string | null) => text?.slice(from, from + shownCharacters) ?? null
  return { was: shown(before), is: shown(after) }
}
