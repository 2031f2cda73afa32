// The kinds of damage that a record may take. Each is a function from the record's files to damaged ones.
import { recordFiles } from '../record/files.ts'
import type { RecordFiles } from '../record/read-files.ts'
import type { Draw } from './draw.ts'
import { leavesOf, placesIn, withValue, type Place } from './json-places.ts'

/** @returns undefined if the drawn place has nothing that can be damaged in this way */
type Mutation = (files: RecordFiles, draw: Draw) => RecordFiles | undefined

const streams = [recordFiles.timeline, recordFiles.captures, recordFiles.observations, recordFiles.effects]

export const mutations = {
  drop: onLines((lines, draw) => lines.toSpliced(draw.below(lines.length), 1)),
  double: onLines((lines, draw) => {
    const at = draw.below(lines.length)
    return lines.toSpliced(at, 0, ...lines.slice(at, at + 1))
  }),
  swap: onLines((lines, draw) => {
    const at = draw.below(lines.length - 1)
    return lines.toSpliced(at, 2, ...lines.slice(at, at + 2).toReversed())
  }),
  reorder: onLines((lines, draw) => {
    const at = draw.below(lines.length)
    const length = 2 + draw.below(8)
    return lines.toSpliced(at, length, ...lines.slice(at, at + length).toReversed())
  }),
  edit: onLeaf((value, draw) => edited(value, draw)),
  'drop-field': onPlace(placesIn, () => undefined),
  'script-tags': onLeaf((value) =>
    typeof value === 'string' ? `<script>alert(1)</script>]]>\u0000\u001B[31m${value}` : value,
  ),
  'cut-in-a-line': onText((text, draw) => text.slice(0, draw.below(text.length))),
  'cut-lines': onLines((lines, draw) => lines.slice(0, draw.below(lines.length))),
  'binary-junk': onBytes((bytes, draw) => {
    const junk = Buffer.from(Array.from({ length: 1 + draw.below(16) }, () => draw.below(256)))
    const at = draw.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), junk, bytes.subarray(at + junk.length)])
  }),
  'other-schema': (files, draw) =>
    onHeader(files, (text) => text.replace(/"schema": \d+/, `"schema": ${draw.from([0, 1, 2, 4, 99])}`)),
  'swap-faults': (files, draw) => swapLike(files, draw, ['"fault"', '"fault-confirmed"', '"incarnation"']),
  'no-evidence': (files, draw) => withoutKind(files, draw),
} satisfies Readonly<Record<string, Mutation>>

export type MutationKind = keyof typeof mutations
export const mutationKinds = Object.keys(mutations) as readonly MutationKind[]

function onText(change: (text: string, draw: Draw) => string): Mutation {
  return (files, draw) => {
    const name = draw.from(streams)
    const content = name === undefined ? undefined : files[name]
    if (name === undefined || content === undefined || content.length === 0) return undefined
    return { ...files, [name]: Buffer.from(change(content.toString(), draw)) }
  }
}

function onLines(change: (lines: readonly string[], draw: Draw) => readonly string[]): Mutation {
  return onText((text, draw) => joined(change(linesIn(text), draw)))
}

/** Also of the header. */
function onBytes(change: (bytes: Buffer, draw: Draw) => Buffer): Mutation {
  return (files, draw) => {
    const name = draw.from([...streams, recordFiles.header])
    const content = name === undefined ? undefined : files[name]
    if (name === undefined || content === undefined || content.length === 0) return undefined
    return { ...files, [name]: change(content, draw) }
  }
}

/** One text, number or boolean of one line, or of the header. */
function onLeaf(change: (value: unknown, draw: Draw) => unknown): Mutation {
  return onPlace(leavesOf, change)
}

function onPlace(
  placesOf: (json: unknown) => readonly Place[],
  change: (value: unknown, draw: Draw) => unknown,
): Mutation {
  const inJson = (text: string, draw: Draw, indent?: number) => {
    const json: unknown = JSON.parse(text)
    const leaf = draw.from(placesOf(json))
    if (leaf === undefined) return text
    return JSON.stringify(withValue(json, leaf.path, change(leaf.value, draw)), undefined, indent)
  }
  const inLine = onLines((lines, draw) => {
    const at = draw.below(lines.length)
    return lines.map((line, index) => (index === at ? inJson(line, draw) : line))
  })
  return (files, draw) =>
    draw.below(5) === 0 ? onHeader(files, (text) => `${inJson(text, draw, 2)}\n`) : inLine(files, draw)
}

function edited(value: unknown, draw: Draw): unknown {
  if (typeof value === 'number')
    return draw.from([0, -value, -1, value + 1, value * 2, value / 2, 1e308, -1e308])
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return draw.from([0, 'x', true])
  return draw.from([
    '',
    'x',
    `${value}x`,
    value.slice(1),
    value.toUpperCase(),
    '0',
    String(Number(value) + 1),
  ])
}

function onHeader(files: RecordFiles, change: (text: string) => string): RecordFiles | undefined {
  const header = files[recordFiles.header]
  return header === undefined
    ? undefined
    : { ...files, [recordFiles.header]: Buffer.from(change(header.toString())) }
}

/** Two entries of one kind change places, and keep what they say. */
function swapLike(files: RecordFiles, draw: Draw, kinds: readonly string[]): RecordFiles | undefined {
  const kind = draw.from(kinds)
  const lines = linesIn(files[recordFiles.timeline]?.toString() ?? '')
  const places = lines.flatMap((line, index) => (line.includes(`"kind":${kind}`) ? [index] : []))
  const at = draw.below(places.length - 1)
  const [a, b] = places.slice(at, at + 2)
  if (a === undefined || b === undefined) return undefined
  const swapped = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '')
  return { ...files, [recordFiles.timeline]: Buffer.from(joined(swapped)) }
}

/** Every line of one kind is gone from a stream. */
function withoutKind(files: RecordFiles, draw: Draw): RecordFiles | undefined {
  const name = draw.from([recordFiles.timeline, recordFiles.observations])
  const lines = linesIn((name === undefined ? undefined : files[name])?.toString() ?? '')
  const kinds = [...new Set(lines.flatMap((line) => /"kind":"[a-z-]+"/.exec(line)?.[0] ?? []))]
  const gone = draw.from(kinds)
  if (name === undefined || gone === undefined) return undefined
  return { ...files, [name]: Buffer.from(joined(lines.filter((line) => !line.includes(gone)))) }
}

function linesIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
