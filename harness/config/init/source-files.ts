// The source files of a project, read to find its workers and workflows.
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

export interface SourceFile {
  /** Relative to the project's folder, with `/`. */
  readonly path: string
  readonly text: string
}

/** What others wrote, what tools wrote, and what the harness wrote. */
const skipped = new Set([
  'node_modules', 'venv', 'env', 'virtualenv', 'site-packages', '__pycache__', 'target', 'vendor', 'dist', 'build', 'out',
  'bin', 'coverage', 'reports',
]) // prettier-ignore

const mostFiles = 2_000
const mostFolders = 5_000
const mostBytes = 500_000
const test =
  /(?:^|\/)(?:tests?|__tests__|testdata)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*$|\.d\.[mc]?ts$/

/**
 * The nearest files first, without tests, and at most 2,000. What cannot be read is left out.
 * @param endings `.ts`
 */
export async function sourceFilesIn(folder: string, endings: readonly string[]): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  const folders = ['']
  for (const [at, below] of folders.entries()) {
    // The list grows meanwhile.
    if (at >= mostFolders) break
    const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path.posix.join(below, entry.name)
      if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) folders.push(inside)
      if (!entry.isFile() || !endings.some((ending) => entry.name.endsWith(ending)) || test.test(inside))
        continue
      const text = await textOf(path.join(folder, inside))
      if (text !== undefined) found.push({ path: inside, text })
      if (found.length === mostFiles) return found
    }
  }
  return found
}

/** Undefined if it cannot be read or is too long to be somebody's own code. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).size > mostBytes) return undefined
    return await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}
