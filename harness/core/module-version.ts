// The version of a module that a user wrote: it changes with every edit of the file, or of files that it imports.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** `from './x.ts'`, `import './x.ts'`, `import('./x.ts')`. Text that only looks like one costs nothing. */
const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g

/** What may stand in place of a missing ending, as tsx resolves it; `.js` may also stand for `.ts`. */
const endings = ['', '.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js']

/** Files that are imported by a package's name or an alias do not count: a lock file knows these. */
export async function moduleVersion(file: string): Promise<string> {
  const texts = new Map<string, string>()
  await collect(path.resolve(file), texts)
  const folder = path.dirname(path.resolve(file))
  const parts = [...texts].map(([name, text]) => [path.relative(folder, name), text] as const)
  const hash = createHash('sha256')
  // A module without imports has the digest of its text.
  if (parts.length === 1) hash.update(parts[0]?.[1] ?? '')
  else hash.update(JSON.stringify(parts.toSorted(([one], [other]) => (one < other ? -1 : 1))))
  return hash.digest('hex').slice(0, 16)
}

async function collect(file: string, texts: Map<string, string>): Promise<void> {
  if (texts.has(file)) return
  const text = await readFile(file, 'utf8')
  texts.set(file, text)
  for (const [, specifier = ''] of text.matchAll(relativeImport)) {
    const found = await firstFile(path.resolve(path.dirname(file), specifier))
    if (found !== undefined) await collect(found, texts)
  }
}

async function firstFile(wanted: string): Promise<string | undefined> {
  const candidates = [...endings.map((ending) => wanted + ending), wanted.replace(/\.(m?)js$/, '.$1ts')]
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => undefined)
    if (found?.isFile() === true) return candidate
  }
  return undefined
}
